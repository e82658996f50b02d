using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Iam.Roles;
using Daybreak.Cloud.Rds;

namespace Daybreak.Cloud.Hosting;

/// <summary>IAM's service-linked role for RDS.</summary>
internal sealed class RdsServiceLinkedRole(ServiceLinkedRoles roles, IPermissions permissions) : IServiceLinkedRole
{
    private const string Service = "rds.amazonaws.com";

    public bool MayBeUsed(OperationContext context) => roles.MayBeUsed(Service, context, permissions);

    public ValueTask EnsureAsync(string accountId) => roles.EnsureAsync(accountId, Service);
}
