namespace Daybreak.Bridge.Credentials;

/// <summary>The shared files of AWS's tools, and the profile in them that the environment chooses.</summary>
/// <remarks>https://docs.aws.amazon.com/sdkref/latest/guide/file-location.html</remarks>
public sealed class AwsFiles
{
    private const string HomeVariable = "HOME";

    /// <param name="variable">Reads an environment variable; null when it is not set.</param>
    public AwsFiles(Func<string, string?> variable)
    {
        var directory = Path.Combine(Given(variable(HomeVariable)) ?? HomeOfUser, ".aws");
        Config = Given(variable("AWS_CONFIG_FILE")) ?? Path.Combine(directory, "config");
        Credentials = Given(variable("AWS_SHARED_CREDENTIALS_FILE")) ?? Path.Combine(directory, "credentials");
        Profile = Given(variable("AWS_PROFILE")) ?? "default";
    }

    public string Config { get; }
    public string Credentials { get; }

    /// <summary>The profile's name.</summary>
    public string Profile { get; }

    // Falls back to the user database where HOME is not set.
    private static string HomeOfUser =>
        Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify);

    /// <summary>
    /// Sets HOME where it is missing, as for servers that Debian's scripts start: the AWS SDK looks for its files only there.
    /// </summary>
    public static void EnsureHome()
    {
        if (Given(Environment.GetEnvironmentVariable(HomeVariable)) is null)
            Environment.SetEnvironmentVariable(HomeVariable, HomeOfUser);
    }

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
