using System.Collections.Immutable;

namespace Daybreak.Cloud.Policy;

/// <summary>The answer to a request, and why.</summary>
/// <param name="DecidedBy">
/// The kind of policy that allowed or denied, of several the one AWS names; for an implicit deny the kind that fails to allow.
/// Null when no policy was needed: the root user.
/// </param>
/// <param name="Statements">Those that allowed it, or those that deny it; empty for an implicit deny.</param>
public sealed record Decision(Outcome Outcome, PolicyKind? DecidedBy, ImmutableArray<DecidingStatement> Statements)
{
    public bool IsAllowed => Outcome == Outcome.Allow;
}
