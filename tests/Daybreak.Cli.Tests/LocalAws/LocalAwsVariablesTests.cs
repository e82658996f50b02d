using Daybreak.Cli.LocalAws;

namespace Daybreak.Cli.Tests.LocalAws;

public sealed class LocalAwsVariablesTests
{
    private static readonly Uri Endpoint = new("http://127.0.0.1:4566/");

    [Fact]
    public void Shell_of_another_AWS_keeps_nothing_of_it() =>
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["PATH"] = "/bin",
                ["AWS_ENDPOINT_URL"] = "http://127.0.0.1:4566",
                ["AWS_REGION"] = "us-east-1",
                ["AWS_DEFAULT_REGION"] = "us-east-1",
                ["AWS_ACCESS_KEY_ID"] = "test",
                ["AWS_SECRET_ACCESS_KEY"] = "test",
            },
            LocalAwsVariables.Over(
                Endpoint,
                new Dictionary<string, string>
                {
                    ["PATH"] = "/bin",
                    ["AWS_PROFILE"] = "prod",
                    ["AWS_SESSION_TOKEN"] = "token",
                    ["AWS_REGION"] = "eu-west-1",
                    ["AWS_ENDPOINT_URL"] = "http://127.0.0.1:4570",
                }
            )
        );

    [Fact]
    public void Shell_that_points_here_keeps_its_Region_and_keys()
    {
        var shell = new Dictionary<string, string>
        {
            ["AWS_ENDPOINT_URL"] = "http://localhost:4566",
            ["AWS_REGION"] = "eu-west-1",
            ["AWS_ACCESS_KEY_ID"] = "ASIA",
            ["AWS_SECRET_ACCESS_KEY"] = "secret",
            ["AWS_SESSION_TOKEN"] = "token",
        };
        Assert.Equal(
            new Dictionary<string, string>(shell) { ["AWS_DEFAULT_REGION"] = "us-east-1" },
            LocalAwsVariables.Over(Endpoint, shell)
        );
    }
}
