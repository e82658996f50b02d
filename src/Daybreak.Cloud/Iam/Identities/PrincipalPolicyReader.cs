using Daybreak.Cloud.Iam.Roles;
using Daybreak.Cloud.Iam.Users;
using Daybreak.Cloud.Policy;

namespace Daybreak.Cloud.Iam.Identities;

/// <summary>Collects the policies that apply to a user or role.</summary>
public sealed class PrincipalPolicyReader(IamState state)
{
    public PrincipalPolicies Of(User user) =>
        new(
            [.. OwnOf(user).Concat(state.Groups.List(user.AccountId).Where(group => user.GroupIds.Contains(group.Id)).SelectMany(OwnOf))],
            BoundaryOf(user),
            []
        );

    public PrincipalPolicies Of(Role role) => new([.. OwnOf(role)], BoundaryOf(role), []);

    /// <summary>Managed policies first, then the inline ones.</summary>
    public IEnumerable<AttachedPolicy> OwnOf(Identity identity) =>
        identity
            .AttachedPolicies.Select(arn => Managed(identity.AccountId, arn, PolicyKind.Identity))
            .OfType<AttachedPolicy>()
            .Concat(
                identity.InlinePolicies.Select(static inline => new AttachedPolicy(
                    PolicyKind.Identity,
                    inline.Key,
                    CompiledPolicies.Of(inline.Value, PolicyDialect.InlinePolicy)
                ))
            )
            .Select(policy => policy with { Owner = identity.Arn });

    public AttachedPolicy? Managed(string accountId, string arn, PolicyKind kind) =>
        state.Policies.Find(accountId, arn) is { } policy
            ? new AttachedPolicy(kind, arn, CompiledPolicies.Of(policy.DefaultDocument, PolicyDialect.InlinePolicy))
            : null;

    private AttachedPolicy? BoundaryOf(Identity identity) =>
        identity.PermissionsBoundary is { } arn ? Managed(identity.AccountId, arn, PolicyKind.PermissionsBoundary) : null;
}
