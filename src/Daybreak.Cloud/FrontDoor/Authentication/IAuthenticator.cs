using Daybreak.Aws;

namespace Daybreak.Cloud.FrontDoor.Authentication;

/// <summary>Tells who signed a request, or refuses it with an <see cref="AwsException"/> of the service's protocol.</summary>
public interface IAuthenticator
{
    /// <summary>Judges all that needs no body, so that nobody's is read who is refused anyway.</summary>
    ClaimedIdentity Examine(AwsRequest request, AwsService service);

    /// <summary>Proves the claim. The request's body has been read.</summary>
    Caller Authenticate(ClaimedIdentity claim, AwsRequest request, AwsService service);
}
