using Amazon.Runtime;
using Daybreak.Bridge.Bytes;

namespace Daybreak.Bridge.Credentials;

/// <summary>
/// Says why a provider of the AWS SDK gave no credentials. A message of the SDK may quote the output of a credential_process or the content
/// of a file, so only texts that are known to contain neither are shown.
/// </summary>
internal static class SdkFailure
{
    private const string ProfileStart = "The profile [";

    private static readonly string[] KnownTexts =
    [
        "Unable to find the ",
        "Failed to connect to EC2 instance metadata",
        "Unable to retrieve credentials.",
    ];

    public static string Describe(Exception failure)
    {
        string[] lines = [.. failure.Message.Split('\n').Select(WithoutNumber)];
        var safe =
            lines.Select(OfProfile).OfType<string>().FirstOrDefault()
            ?? string.Join(
                "; ",
                lines
                    .Where(line => KnownTexts.Any(text => line.StartsWith(text, StringComparison.Ordinal)))
                    .Select(line => line.TrimEnd('.'))
            );
        if (safe.Length == 0)
            safe = Causes(failure).Select(Cause).OfType<string>().FirstOrDefault() ?? Unknown(failure);
        return Shown.Briefly(safe);
    }

    /// <summary>Of a profile that the SDK can use only for somebody at a terminal, or after a login there.</summary>
    private static string? OfProfile(string line)
    {
        if (
            !line.StartsWith(ProfileStart, StringComparison.Ordinal) || line.IndexOf(']', StringComparison.Ordinal) is not (> 0 and var end)
        )
            return null;
        var profile = $"the profile \"{line[ProfileStart.Length..end]}\"";
        if (line.Contains("requires an MFA", StringComparison.Ordinal))
            return $"{profile} asks for a code of multi-factor authentication (mfa_serial), which a server cannot type";
        return line.Contains("is an SSO profile", StringComparison.Ordinal)
            ? $"{profile} has no valid login to IAM Identity Center: run `aws sso login` as the server's user"
            : null;
    }

    private static string? Cause(Exception cause) =>
        cause switch
        {
            AmazonServiceException { Message.Length: > 0 } refusal when ServiceWords.Of(refusal.Message, null) is { } words =>
                $"{NameOf(refusal)} answers '{words}'",
            HttpRequestException => $"the service that the provider asks cannot be reached: {cause.Message}",
            _ when cause.GetType().Name.Contains("Process", StringComparison.Ordinal) => "the credential_process of the profile failed",
            _ => null,
        };

    private static string NameOf(AmazonServiceException refusal) =>
        refusal.GetType().Namespace switch
        {
            { } space when space.StartsWith("Amazon.SecurityToken", StringComparison.Ordinal) => "AWS STS",
            { } space when space.StartsWith("Amazon.SSO", StringComparison.Ordinal) => "IAM Identity Center",
            _ => "the service that the provider asks",
        };

    private static string Unknown(Exception failure) => $"the provider failed with {failure.GetType().Name}";

    private static string WithoutNumber(string line) =>
        line.StartsWith("Exception ", StringComparison.Ordinal) && line.IndexOf(": ", StringComparison.Ordinal) is var colon and > 0
            ? line[(colon + 2)..].Trim()
            : line.Trim();

    private static IEnumerable<Exception> Causes(Exception failure)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException)
            yield return cause;
    }
}
