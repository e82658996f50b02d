namespace Daybreak.Cloud.Iam.Identities;

/// <summary>The differences between users, groups and roles: words and quotas.</summary>
/// <param name="Resource">The word in ARNs and messages: <c>role</c>.</param>
/// <param name="Title">The word at the start of messages and in quotas: <c>Role</c>.</param>
/// <param name="IdPrefix">The prefix of unique ids: <c>AROA</c>.</param>
/// <param name="InlineLimit">Limit of the total size of inline policies, without white space.</param>
public sealed record IdentityKind(string Resource, string Title, string IdPrefix, int InlineLimit)
{
    public static readonly IdentityKind Role = new("role", "Role", "AROA", Daybreak.Cloud.Policy.PolicySize.RoleInlinePolicies);
    public static readonly IdentityKind User = new("user", "User", "AIDA", Daybreak.Cloud.Policy.PolicySize.UserInlinePolicies);
    public static readonly IdentityKind Group = new("group", "Group", "AGPA", Daybreak.Cloud.Policy.PolicySize.GroupInlinePolicies);

    /// <summary>The limit of attached managed policies.</summary>
    public const int AttachedLimit = 10;
}
