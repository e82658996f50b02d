namespace Daybreak.Cloud.FrontDoor;

/// <summary><c>--iam=off</c>: every authenticated caller may all, whatever policies say.</summary>
public sealed class NoEnforcement : IAuthorizer, IPermissions
{
    public void Authorize(AwsService service, AwsOperation operation, object record, OperationContext context) { }

    public string? Denial(
        OperationContext context,
        Iam.Policy.ServiceAction action,
        string resource,
        Iam.Policy.IContextKeys keys,
        Iam.Policy.AttachedPolicy? resourcePolicy = null
    ) => null;
}
