using System.Collections.Immutable;

namespace Daybreak.Cloud.Policy;

/// <summary>The policies of a caller. An immutable snapshot, shared by all its requests until one of them changes.</summary>
/// <param name="Identity">For a user, its own and those of its groups; for a role session, the role's.</param>
/// <param name="Boundary">Null when none is set.</param>
/// <param name="Session">Empty when none was passed.</param>
public sealed record PrincipalPolicies(
    ImmutableArray<AttachedPolicy> Identity,
    AttachedPolicy? Boundary,
    ImmutableArray<AttachedPolicy> Session
)
{
    public static readonly PrincipalPolicies None = new([], null, []);
}
