namespace Daybreak.Cloud.FrontDoor;

/// <summary><c>--iam=off</c>: every authenticated caller may do everything, regardless of policies.</summary>
public sealed class NoEnforcement : IAuthorizer, IPermissions
{
    public void Authorize(AwsService service, AwsOperation operation, object record, OperationContext context) { }

    public string? Denial(
        OperationContext context,
        Daybreak.Cloud.Policy.ServiceAction action,
        string resource,
        Daybreak.Cloud.Policy.IContextKeys keys,
        Daybreak.Cloud.Policy.AttachedPolicy? resourcePolicy = null
    ) => null;
}
