using Daybreak.Cloud.FrontDoor;

namespace Daybreak.Cloud.Rds;

/// <summary>The role AWSServiceRoleForRDS, which an account gets with its first cluster or instance.</summary>
public interface IServiceLinkedRole
{
    /// <summary>Whether the role exists, or the caller may create it.</summary>
    bool MayBeUsed(OperationContext context);

    ValueTask EnsureAsync(string accountId);
}
