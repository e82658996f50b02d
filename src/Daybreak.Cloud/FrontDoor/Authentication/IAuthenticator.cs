using Daybreak.Aws;

namespace Daybreak.Cloud.FrontDoor.Authentication;

/// <summary>Tells who signed a request, or refuses it with an <see cref="AwsException"/> of the service's protocol.</summary>
public interface IAuthenticator
{
    /// <summary>The request's body has been read.</summary>
    Caller Authenticate(AwsRequest request, AwsService service);
}
