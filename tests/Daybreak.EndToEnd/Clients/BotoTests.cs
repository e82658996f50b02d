using Daybreak.EndToEnd.Stage;

namespace Daybreak.EndToEnd.Clients;

/// <summary>The real boto3.</summary>
public sealed class BotoTests(LocalStage stage)
{
    [Fact]
    public async Task Function_deployed_by_boto3_is_called_by_boto3_and_from_SQL()
    {
        var run = await Program.RunAsync(
            await PythonWithBotoAsync(),
            Boto.Program("clients/deploy_and_call_a_function.py"),
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
