namespace Daybreak.EndToEnd.Stage;

/// <summary>The real aws CLI as the administrator of the local account; before 2.13 it knows no AWS_ENDPOINT_URL.</summary>
internal static class AwsCli
{
    public static IReadOnlyDictionary<string, string> Environment { get; } =
        new Dictionary<string, string>
        {
            ["AWS_ACCESS_KEY_ID"] = "test",
            ["AWS_SECRET_ACCESS_KEY"] = "test",
            ["AWS_DEFAULT_REGION"] = FunctionDeployment.Region,
            ["AWS_PAGER"] = "",
            ["AWS_CONFIG_FILE"] = "/dev/null",
            ["AWS_SHARED_CREDENTIALS_FILE"] = "/dev/null",
        };

    public static async Task<string> RunAsync(Uri endpoint, params string[] arguments) =>
        (
            await Program.RunAsync(
                new Program.Start(await WarmPython.FindAsync("aws"))
                {
                    Arguments = ["--endpoint-url", endpoint.GetLeftPart(UriPartial.Authority), .. arguments],
                    Environment = Environment,
                }
            )
        )
            .Expect(0)
            .Output;

    /// <summary>Types commands into a shell, in which <c>aws</c> goes to the local AWS.</summary>
    public static async Task<string> TypeAsync(Uri endpoint, string commands) => (
            await Program.RunAsync(
                new Program.Start("/bin/bash")
                {
                    Arguments = ["-e"],
                    Input =
                        $"aws() {{ command {await WarmPython.FindAsync("aws")} --endpoint-url {endpoint.GetLeftPart(UriPartial.Authority)} \"$@\"; }}\n{commands}\n",
                    Environment = Environment,
                }
            )
        ).Expect(0).Output;
}
