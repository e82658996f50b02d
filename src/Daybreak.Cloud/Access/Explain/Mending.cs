using System.Collections.Immutable;
using Daybreak.Cloud.Policy;

namespace Daybreak.Cloud.Access.Explain;

/// <summary>
/// Finds what has to change so that a denied request passes. Each step is tried on the situation before the next is looked for,
/// so that the steps together are enough. Pure.
/// </summary>
public static class Mending
{
    // Every step removes one denial: a situation with more of them than this is shown the first ones.
    private const int MostSteps = 20;

    /// <summary>Empty when the request is allowed. The last step has no command when no change of policies can allow it.</summary>
    public static ImmutableArray<MendingStep> Of(Situation situation)
    {
        var steps = ImmutableArray.CreateBuilder<MendingStep>();
        while (steps.Count < MostSteps)
        {
            var decision = situation.Decide();
            if (decision.IsAllowed)
                break;
            var (step, mended) =
                decision.Outcome == Outcome.ExplicitDeny
                    ? MendedDenial.Of(situation, decision.Statements[0])
                    : MendedAbsence.Of(situation, decision.DecidedBy!.Value);
            steps.Add(step);
            if (mended is null)
                break;
            situation = mended;
        }
        return steps.ToImmutable();
    }
}
