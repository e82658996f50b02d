using Daybreak.Cloud.FrontDoor.Protocols;

namespace Daybreak.Cloud.FrontDoor;

/// <summary>Every caller is a root: it may all in its own account, and nothing in another's, as no resource policy can allow it.</summary>
public sealed class SameAccount : IAuthorizer
{
    public void Authorize(AwsRequest request, AwsService service, AwsOperation operation, OperationContext context, string resource)
    {
        if (Aws.Arn.TryParse(resource, out var arn) && arn.AccountId.Length > 0 && arn.AccountId != context.Caller.AccountId)
        {
            var action = $"{service.Name}:{operation.Action}";
            throw service.Protocol.Refuse(
                Refusal.AccessDenied,
                $"User: {context.Caller.Arn} is not authorized to perform: {action} on resource: {resource} because no resource-based policy allows the {action} action");
        }
    }
}
