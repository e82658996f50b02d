namespace Daybreak.Bridge.Credentials;

/// <summary>
/// Names the very variables and files where credentials were looked for, and what is there, so that an operator sees which one to fill.
/// Shows names and paths only, never a value that could be confidential.
/// </summary>
internal static class CredentialPlaces
{
    private const string HowToGive =
        "Give the bridge variables with the setting aws_lambda.bridge_environment_file, write the profile, or let the machine have a role.";

    /// <param name="variable">Reads an environment variable of the bridge; null when it is not set.</param>
    public static string Describe(Func<string, string?> variable) =>
        $"Looked at: environment ({State("AWS_ACCESS_KEY_ID", variable)}), web identity "
        + $"({State("AWS_WEB_IDENTITY_TOKEN_FILE", variable)}), profile {Profile(variable)}, container endpoint "
        + $"({Container(variable)}), instance metadata ({Metadata(variable)}). {HowToGive}";

    private static string State(string name, Func<string, string?> variable) => $"{name} is {(IsSet(name, variable) ? "set" : "not set")}";

    private static bool IsSet(string name, Func<string, string?> variable) => !string.IsNullOrWhiteSpace(variable(name));

    private static string Profile(Func<string, string?> variable)
    {
        var files = new AwsFiles(variable);
        return $"\"{files.Profile}\" ({State(files.Credentials)}, {State(files.Config)})";
    }

    private static string State(string file)
    {
        try
        {
            using (File.OpenRead(file))
                return $"\"{file}\" is there";
        }
        catch (UnauthorizedAccessException)
        {
            return $"\"{file}\" may not be read by the user {Environment.UserName}";
        }
        catch (IOException)
        {
            return $"there is no \"{file}\"";
        }
    }

    private static string Container(Func<string, string?> variable) =>
        IsSet("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", variable)
            ? State("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", variable)
            : State("AWS_CONTAINER_CREDENTIALS_FULL_URI", variable);

    private static string Metadata(Func<string, string?> variable) =>
        string.Equals(variable("AWS_EC2_METADATA_DISABLED"), "true", StringComparison.OrdinalIgnoreCase)
            ? "AWS_EC2_METADATA_DISABLED is true"
            : "no role, or no answer";
}
