namespace Daybreak.Cloud.FrontDoor;

/// <summary>Every authenticated caller is a root and may all, as root may in AWS.</summary>
public sealed class AllowAll : IAuthorizer
{
    public void Authorize(AwsRequest request, AwsService service, AwsOperation operation, OperationContext context, string resource)
    {
    }
}
