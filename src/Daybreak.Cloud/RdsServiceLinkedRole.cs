using Daybreak.Cloud.Iam.Roles;
using Daybreak.Cloud.Rds;

namespace Daybreak.Cloud;

/// <summary>IAM's service-linked role for RDS.</summary>
internal sealed class RdsServiceLinkedRole(ServiceLinkedRoles roles) : IServiceLinkedRole
{
    public ValueTask EnsureAsync(string accountId) => roles.EnsureAsync(accountId, "rds.amazonaws.com");
}
