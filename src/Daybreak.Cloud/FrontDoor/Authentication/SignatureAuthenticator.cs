using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Daybreak.Aws;
using Daybreak.Aws.Signing;
using Daybreak.Cloud.FrontDoor.Protocols;

namespace Daybreak.Cloud.FrontDoor.Authentication;

/// <summary>
/// Accepts requests signed with the secret of a known access key (Signature Version 4, header or presigned). This does not stop callers who
/// know the default keys, as web pages may: see <see cref="WebPages"/>.
/// </summary>
/// <param name="accessKeys">Asked in this order.</param>
/// <param name="time">Decides whether keys have expired.</param>
/// <param name="real">The clock of clients, which sign with the time that it has.</param>
public sealed class SignatureAuthenticator(ImmutableArray<IAccessKeys> accessKeys, TimeProvider time, TimeProvider real) : IAuthenticator
{
    // Unlike the message for an unknown key, AWS's messages for these two have no full stop.
    private const string InvalidToken = "The security token included in the request is invalid";
    private const string ExpiredToken = "The security token included in the request is expired";

    private readonly SigV4Verifier _verifier = new(real);

    public ClaimedIdentity Examine(AwsRequest request, AwsService service)
    {
        // 1. The signature is complete and current.
        var parsed = _verifier.Parse(request.Head, out var authorization);
        if (authorization is null)
            throw Refuse(service, parsed);

        // 2. It is for this service, and for the Region in the host name, if there is one.
        var scope = SigV4Verifier.CheckScope(authorization, RegionOf(request.Host, service), service.Name);
        if (!scope.IsValid)
            throw Refuse(service, scope);

        // 3. The key is known.
        var key =
            Find(authorization.Credential.AccessKeyId) ?? throw service.Protocol.Refuse(Refusal.UnrecognizedClient, InvalidToken + ".");
        return new ClaimedIdentity(authorization, key);
    }

    public Caller Authenticate(ClaimedIdentity claim, AwsRequest request, AwsService service)
    {
        Span<byte> bodyHash = stackalloc byte[SHA256.HashSizeInBytes];
        if (claim.Authorization.CoversBody)
            SHA256.HashData(request.Body.Span, bodyHash);
        return Authenticate(claim, request, service, bodyHash);
    }

    public Caller AuthenticateHead(ClaimedIdentity claim, AwsRequest request, AwsService service) =>
        Authenticate(claim, request, service, bodyHash: default);

    private Caller Authenticate(ClaimedIdentity claim, AwsRequest request, AwsService service, ReadOnlySpan<byte> bodyHash)
    {
        var (authorization, key) = claim;

        // 4. The signature matches this request.
        var verified = _verifier.Verify(authorization, request.Head, key.Credentials.SecretAccessKey, bodyHash);
        if (!verified.IsValid)
            throw Refuse(service, verified);

        // 5. The token belongs to the key and has not expired.
        if (!IsSame(key.Credentials.SessionToken, authorization.SessionToken))
            throw service.Protocol.Refuse(Refusal.UnrecognizedClient, InvalidToken);
        if (key.Credentials.Expiration <= time.GetUtcNow())
            throw service.Protocol.Refuse(Refusal.ExpiredToken, ExpiredToken);
        return key.Caller;
    }

    private AccessKey? Find(string accessKeyId)
    {
        foreach (var keys in accessKeys)
        {
            if (keys.Find(accessKeyId) is { } key)
                return key;
        }
        return null;
    }

    /// <summary>Returns eu-central-1 for lambda.eu-central-1.amazonaws.com; null for hosts without a Region, such as 127.0.0.1.</summary>
    private static string? RegionOf(string host, AwsService service)
    {
        var labels = host.AsSpan();
        if (
            !labels.StartsWith(service.Name, StringComparison.OrdinalIgnoreCase)
            || labels.Length <= service.Name.Length
            || labels[service.Name.Length] != '.'
        )
            return null;
        labels = labels[(service.Name.Length + 1)..];
        var dot = labels.IndexOf('.');
        return dot > 0 && AwsRegion.TryParse(labels[..dot].ToString(), out var region) ? region.Code : null;
    }

    private static bool IsSame(string? known, string? sent) =>
        known is null || sent is null
            ? known is null && sent is null
            : CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(known), Encoding.UTF8.GetBytes(sent));

    private static AwsException Refuse(AwsService service, SigV4Result result) =>
        service.Protocol.Refuse(
            result.Outcome switch
            {
                SigV4Outcome.MissingAuthenticationToken => Refusal.MissingAuthenticationToken,
                SigV4Outcome.IncompleteSignature => Refusal.IncompleteSignature,
                SigV4Outcome.SignatureExpired or SigV4Outcome.SignatureNotYetCurrent => Refusal.RequestExpired,
                _ => Refusal.InvalidSignature,
            },
            result.Message
        );
}
