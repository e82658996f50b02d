using Amazon.Runtime;
using Amazon.Runtime.Credentials;
using Daybreak.Aws;

namespace Daybreak.Bridge.Credentials;

/// <summary>
/// The provider chain of the AWS SDK: profile (also <c>credential_process</c> and assumed roles), web identity, container
/// endpoint, instance metadata. Nothing but this class and <see cref="SdkRegion"/> loads the SDK, and both run apart from the calls.
/// </summary>
public sealed class SdkCredentialChain : ICredentialSource, IDisposable
{
    // Files may be rewritten, and some providers keep their expiry to themselves: asking the SDK again is cheap, it caches.
    private static readonly TimeSpan RecheckAfter = TimeSpan.FromMinutes(1);
    private readonly DefaultAWSCredentialsIdentityResolver _chain = new();

    public async Task<CredentialSnapshot> FetchAsync(CancellationToken cancel)
    {
        try
        {
            var found = await _chain.ResolveIdentityAsync(clientConfig: null, cancel);
            // Without this the SDK would hand out the same credentials until shortly before they expire.
            if (found is RefreshingAWSCredentials refreshing) refreshing.ClearCredentials();
            var keys = await found.GetCredentialsAsync();
            var credentials = new AwsCredentials(keys.AccessKey, keys.SecretKey, string.IsNullOrEmpty(keys.Token) ? null : keys.Token,
                ExpirationOf(found));
            return new(credentials, string.IsNullOrEmpty(keys.AccountId) ? null : keys.AccountId, NameOf(found), RecheckAfter);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            throw new CredentialException(Told(failure), failure);
        }
    }

    public void Dispose() => _chain.Dispose();

    private static DateTimeOffset? ExpirationOf(AWSCredentials found)
    {
        var expiration = found is RefreshingAWSCredentials refreshing ? refreshing.Expiration : found.Expiration;
        return expiration is { } at && at.Year > 1 ? new DateTimeOffset(at.ToUniversalTime()) : null;
    }

    private static string NameOf(AWSCredentials found) => found.GetType().Name;

    // The SDK's own text names what was tried and where; a credential_process's output may hold anything and is left out.
    private static string Told(Exception failure)
    {
        var first = failure.Message.Split('\n', 2)[0].Trim().TrimEnd('.');
        if (first.Contains("process", StringComparison.OrdinalIgnoreCase)) first = "the credential_process of the profile failed";
        return $"No AWS credentials: {Invocation.Shown.Briefly(first)}.";
    }
}
