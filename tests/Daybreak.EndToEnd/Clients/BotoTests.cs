using Daybreak.EndToEnd.Stage;

namespace Daybreak.EndToEnd.Clients;

/// <summary>The real boto3.</summary>
public sealed class BotoTests(LocalStage stage)
{
    private const string Script = """
        import boto3, io, json, os, sys, zipfile

        here = dict(endpoint_url=sys.argv[1], region_name="us-east-1", aws_access_key_id="test", aws_secret_access_key="test")
        client = boto3.client("lambda", **here)
        boto3.client("iam", **here).create_role(RoleName="by-boto", AssumeRolePolicyDocument=sys.argv[2])
        archive = io.BytesIO()
        with zipfile.ZipFile(archive, "w") as code:
            file = zipfile.ZipInfo("lambda_function.py")
            file.external_attr = 0o644 << 16  # writestr's own mode, 0600, is readable for nobody on AWS
            code.writestr(file, "def lambda_handler(event, context):\n    return {'got': event}\n")
        client.create_function(FunctionName="by-boto", Runtime="python3.13", Handler="lambda_function.lambda_handler",
                               Role="arn:aws:iam::444455556666:role/by-boto", Code={"ZipFile": archive.getvalue()})
        client.get_waiter("function_active_v2").wait(FunctionName="by-boto")
        print(json.loads(client.invoke(FunctionName="by-boto", Payload=b'{"n": 1}')["Payload"].read()))
        """;

    [Fact]
    public async Task Function_deployed_by_boto3_is_called_by_boto3_and_from_SQL()
    {
        var run = await Program.RunAsync(
            await PythonWithBotoAsync(),
            "-c",
            Script,
            stage.Cloud.Endpoint.GetLeftPart(UriPartial.Authority),
            FunctionDeployment.Trust
        );
        Assert.Equal("{'got': {'n': 1}}\n", run.Expect(0).Output);

        var shown = await stage.Postgres.PsqlAsync(
            await stage.Postgres.CreateDatabaseAsync(),
            "SELECT payload FROM aws_lambda.invoke('by-boto', '{\"n\": 2}'::json);\n"
        );
        Assert.Contains("""{"got": {"n": 2}}""", shown, StringComparison.Ordinal);
    }

    /// <summary>Debian's package serves Debian's Python, which need not be the first in the PATH.</summary>
    private static async Task<string> PythonWithBotoAsync()
    {
        var first = await Program.RunAsync("python3", "-c", "import boto3");
        return first.ExitCode == 0 ? "python3" : "/usr/bin/python3";
    }
}
