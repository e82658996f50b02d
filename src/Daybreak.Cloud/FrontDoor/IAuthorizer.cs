using Daybreak.Aws;

namespace Daybreak.Cloud.FrontDoor;

/// <summary>Lets a request pass or refuses it with an <see cref="AwsException"/> of the service's protocol.</summary>
public interface IAuthorizer
{
    /// <param name="operation">Its <see cref="AwsOperation.Action"/> is what a policy has to allow.</param>
    /// <param name="record">The request, which names the resource.</param>
    void Authorize(AwsService service, AwsOperation operation, object record, OperationContext context);
}
