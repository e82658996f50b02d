using Daybreak.Cloud.FrontDoor;

namespace Daybreak.Cloud.Rds;

/// <summary>The role AWSServiceRoleForRDS, which comes into an account with its first cluster or instance.</summary>
public interface IServiceLinkedRole
{
    /// <summary>Whether the role is there, or the caller may make it.</summary>
    bool MayBeUsed(OperationContext context);

    ValueTask EnsureAsync(string accountId);
}
