using Daybreak.EndToEnd.Stage;

namespace Daybreak.EndToEnd.Clients;

/// <summary>The real aws CLI, whichever version this machine has; before 2.13 it knows no AWS_ENDPOINT_URL.</summary>
public sealed class AwsCliTests(LocalStage stage) : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("awscli").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task Function_deployed_by_the_aws_CLI_is_called_from_SQL()
    {
        await File.WriteAllBytesAsync(
            Path.Combine(_directory, "code.zip"),
            FunctionDeployment.Zip(LocalStage.Simple),
            TestContext.Current.CancellationToken
        );
        await AwsAsync("iam", "create-role", "--role-name", "by-cli", "--assume-role-policy-document", FunctionDeployment.Trust);
        await AwsAsync(
            "lambda",
            "create-function",
            "--function-name",
            "by-cli",
            "--runtime",
            "python3.13",
            "--handler",
            "lambda_function.lambda_handler",
            "--role",
            "arn:aws:iam::444455556666:role/by-cli",
            "--zip-file",
            $"fileb://{_directory}/code.zip"
        );
        await AwsAsync("lambda", "wait", "function-active-v2", "--function-name", "by-cli");

        var shown = await stage.Postgres.PsqlAsync(
            await stage.Postgres.CreateDatabaseAsync(),
            "SELECT payload->>'body' AS body FROM aws_lambda.invoke('by-cli', '{}'::json);\n"
        );

        Assert.Contains("\"Hello from Lambda!\"", shown, StringComparison.Ordinal);
        await AwsAsync("lambda", "invoke", "--function-name", "by-cli", $"{_directory}/answer.json");
        Assert.Equal(
            """{"statusCode": 200, "body": "\"Hello from Lambda!\""}""",
            await File.ReadAllTextAsync($"{_directory}/answer.json", TestContext.Current.CancellationToken)
        );
        await AwsAsync("lambda", "delete-function", "--function-name", "by-cli");
    }

    private async Task<string> AwsAsync(params string[] arguments)
    {
        var run = await Program.RunAsync(
            new Program.Start("aws")
            {
                Arguments = ["--endpoint-url", stage.Cloud.Endpoint.GetLeftPart(UriPartial.Authority), "--output", "json", .. arguments],
                Environment = new Dictionary<string, string>
                {
                    ["AWS_ACCESS_KEY_ID"] = "test",
                    ["AWS_SECRET_ACCESS_KEY"] = "test",
                    ["AWS_DEFAULT_REGION"] = FunctionDeployment.Region,
                    ["AWS_PAGER"] = "",
                    ["AWS_CONFIG_FILE"] = Path.Combine(_directory, "none"),
                },
            }
        );
        return run.Expect(0).Output;
    }
}
