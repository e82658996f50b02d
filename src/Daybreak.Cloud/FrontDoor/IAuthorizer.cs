using Daybreak.Aws;

namespace Daybreak.Cloud.FrontDoor;

/// <summary>Lets a request pass or refuses it with an <see cref="AwsException"/> of the service's protocol.</summary>
public interface IAuthorizer
{
    /// <param name="operation">Its <see cref="AwsOperation.Action"/> is what a policy has to allow.</param>
    /// <param name="resource">ARN of the resource as the request names it, or <c>*</c>.</param>
    void Authorize(AwsRequest request, AwsService service, AwsOperation operation, OperationContext context, string resource);
}
