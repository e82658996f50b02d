using System.Collections.Immutable;

namespace Daybreak.Cloud.Policy;

/// <summary>The policies that travel with a caller. An immutable snapshot, shared by all its requests until one of them changes.</summary>
/// <param name="Identity">Of a user its own and its groups'; of a role session the role's.</param>
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
