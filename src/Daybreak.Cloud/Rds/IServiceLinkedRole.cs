namespace Daybreak.Cloud.Rds;

/// <summary>The role AWSServiceRoleForRDS, which comes into an account with its first cluster or instance.</summary>
public interface IServiceLinkedRole
{
    ValueTask EnsureAsync(string accountId);
}
