using Daybreak.Aws;

namespace Daybreak.Bridge.Credentials;

/// <summary>
/// AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, AWS_ACCOUNT_ID. They are read here, so that plain variables never load the
/// SDK.
/// </summary>
public static class EnvironmentCredentials
{
    public const string Source = "environment";

    /// <summary>Returns null when the key's two variables are not both set. They come first, as with the aws CLI and boto3.</summary>
    public static CredentialSnapshot? TryRead(Func<string, string?> variable)
    {
        if (Given("AWS_ACCESS_KEY_ID") is not { } key || Given("AWS_SECRET_ACCESS_KEY") is not { } secret)
            return null;
        return new(new AwsCredentials(key, secret, Given("AWS_SESSION_TOKEN")), Given("AWS_ACCOUNT_ID"), Source);

        string? Given(string name)
        {
            var value = variable(name)?.Trim();
            return string.IsNullOrEmpty(value) ? null : value;
        }
    }
}
