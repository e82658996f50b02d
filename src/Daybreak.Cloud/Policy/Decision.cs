using System.Collections.Immutable;

namespace Daybreak.Cloud.Policy;

/// <summary>The decision on a request, and its reason.</summary>
/// <param name="DecidedBy">The kind of policy that allowed or denied; of several kinds, the one that AWS names. For an implicit deny it is
/// the kind that fails to allow. Null when no policy was needed, for the root user.</param>
/// <param name="Statements">The statements that allowed or denied it; empty for an implicit deny.</param>
public sealed record Decision(Outcome Outcome, PolicyKind? DecidedBy, ImmutableArray<DecidingStatement> Statements)
{
    public bool IsAllowed => Outcome == Outcome.Allow;
}
