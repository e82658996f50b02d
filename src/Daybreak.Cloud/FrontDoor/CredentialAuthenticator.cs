using Daybreak.Cloud.FrontDoor.Protocols;

namespace Daybreak.Cloud.FrontDoor;

/// <summary>
/// Takes the caller from the credential without verifying its signature: an access key of 12 digits is the root of that
/// account, any other key the root of the default account. An unsigned request is refused, which also keeps web pages
/// out: a browser sends no Authorization header to another origin unasked.
/// </summary>
public sealed class CredentialAuthenticator(string defaultAccountId) : IAuthenticator
{
    public Caller Authenticate(AwsRequest request, AwsService service)
    {
        if (request.Scope is not { } scope || request.Header("Authorization") is null)
            throw service.Protocol.Refuse(Refusal.MissingAuthenticationToken, "Missing Authentication Token");
        var key = scope.AccessKeyId;
        var isAccount = key.Length == 12 && !key.AsSpan().ContainsAnyExceptInRange('0', '9');
        return Caller.Root(isAccount ? key : defaultAccountId, key);
    }
}
