using Daybreak.Aws;

namespace Daybreak.Cloud.FrontDoor;

/// <summary>Allows a request or refuses it with an <see cref="AwsException"/> of the service's protocol.</summary>
public interface IAuthorizer
{
    /// <param name="operation">A policy has to allow its <see cref="AwsOperation.Action"/>.</param>
    /// <param name="record">The request, which names the resource.</param>
    void Authorize(AwsService service, AwsOperation operation, object record, OperationContext context);
}
