using Amazon.Runtime;
using Amazon.Runtime.Credentials;
using Daybreak.Aws;

namespace Daybreak.Bridge.Credentials;

/// <summary>
/// The provider chain of the AWS SDK: profile (including <c>credential_process</c> and assumed roles), web identity, container endpoint,
/// instance metadata. Only this class and <see cref="SdkRegion"/> load the SDK, and neither runs within calls.
/// </summary>
/// <param name="variable">Reads an environment variable; null when it is not set.</param>
public sealed class SdkCredentialChain(Func<string, string?> variable) : ICredentialSource, IDisposable
{
    // Files may be rewritten, and some providers do not report their expiry. Asking the SDK again is cheap, since it caches.
    private static readonly TimeSpan RecheckAfter = TimeSpan.FromMinutes(1);

    // The SDK retries a container endpoint that refuses, for longer than a call waits.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private readonly DefaultAWSCredentialsIdentityResolver _chain = CreateChain();

    public async Task<CredentialSnapshot> FetchAsync(CancellationToken cancel)
    {
        var resolving = ResolveAsync(cancel);
        await Task.WhenAny(resolving, Task.Delay(Patience, cancel));
        if (resolving.IsCompletedSuccessfully || await RefusalAsync(cancel) is not { } refusal)
            return await resolving;
        // Nobody waits for it any more.
        _ = resolving.ContinueWith(
            static left => left.Exception,
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted,
            TaskScheduler.Default
        );
        throw new CredentialException($"No AWS credentials: {refusal}.");
    }

    private async Task<CredentialSnapshot> ResolveAsync(CancellationToken cancel)
    {
        try
        {
            var found = await _chain.ResolveIdentityAsync(clientConfig: null, cancel);
            if (found is RefreshingAWSCredentials refreshing)
            {
                // The SDK would report an expiry that is earlier by these, but the keeper decides when to refresh.
                (refreshing.PreemptExpiryTime, refreshing.ExpirationBuffer) = (TimeSpan.Zero, TimeSpan.Zero);
                // Without this the SDK would return the same credentials until shortly before they expire.
                refreshing.ClearCredentials();
            }
            var keys = await found.GetCredentialsAsync();
            var credentials = new AwsCredentials(
                keys.AccessKey,
                keys.SecretKey,
                string.IsNullOrEmpty(keys.Token) ? null : keys.Token,
                ExpirationOf(found)
            );
            return new(credentials, string.IsNullOrEmpty(keys.AccountId) ? null : keys.AccountId, NameOf(found), RecheckAfter);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            throw new CredentialException($"No AWS credentials: {SdkFailure.Describe(failure)}.", failure)
            {
                Hint = CredentialPlaces.Describe(variable),
            };
        }
    }

    public void Dispose() => _chain.Dispose();

    private static DefaultAWSCredentialsIdentityResolver CreateChain()
    {
        SdkServices.Keep();
        return new();
    }

    private static DateTimeOffset? ExpirationOf(AWSCredentials found)
    {
        var expiration = found is RefreshingAWSCredentials refreshing ? refreshing.Expiration : found.Expiration;
        return expiration is { } at && at.Year > 1 ? new DateTimeOffset(at.ToUniversalTime()) : null;
    }

    private static string NameOf(AWSCredentials found) => found.GetType().Name;

    /// <summary>The reason why the container endpoint refuses. The SDK does not report it, so it is asked once more.</summary>
    private async Task<string?> RefusalAsync(CancellationToken cancel)
    {
        using var endpoint = ContainerEndpoint.TryCreate(variable);
        if (endpoint is null)
            return null;
        try
        {
            return (await endpoint.AskAsync(cancel)).Refusal() is { } text ? $"the container endpoint answers '{text}'" : null;
        }
        catch (Exception failure)
            when (failure
                    is HttpRequestException
                        or IOException
                        or UnauthorizedAccessException
                        or FormatException
                        or OperationCanceledException
            )
        {
            return null;
        }
    }
}
