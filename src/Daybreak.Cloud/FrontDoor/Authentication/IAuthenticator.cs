using Daybreak.Aws;

namespace Daybreak.Cloud.FrontDoor.Authentication;

/// <summary>Finds out who signed a request, or refuses it with an <see cref="AwsException"/> of the service's protocol.</summary>
public interface IAuthenticator
{
    /// <summary>Checks everything that needs no body, so that the body of a refused request is never read.</summary>
    ClaimedIdentity Examine(AwsRequest request, AwsService service);

    /// <summary>Verifies the claim. The request's body has been read.</summary>
    Caller Authenticate(ClaimedIdentity claim, AwsRequest request, AwsService service);

    /// <summary>Verifies the claim before the body is read. Whoever reads the body has to check that it has the declared hash.</summary>
    Caller AuthenticateHead(ClaimedIdentity claim, AwsRequest request, AwsService service);
}
