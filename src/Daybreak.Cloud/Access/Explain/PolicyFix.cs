using System.Collections.Immutable;
using Daybreak.Cloud.Policy;
using Daybreak.Explaining;

namespace Daybreak.Cloud.Access.Explain;

/// <summary>Finds the changes that make a denied request pass. Each step is applied to the situation before the next one is searched for,
/// so that the steps together are sufficient. Pure.</summary>
public static class PolicyFix
{
    // Every step removes one denial. With more denials than this, only the first steps are shown.
    private const int MostSteps = 20;

    /// <summary>Returns no steps when the request is allowed. The last step has no command when no change of policies can allow the
    /// request.</summary>
    public static ImmutableArray<FixStep> Of(Situation situation)
    {
        var steps = ImmutableArray.CreateBuilder<FixStep>();
        while (steps.Count < MostSteps)
        {
            var decision = situation.Decide();
            if (decision.IsAllowed)
                break;
            var (step, changed) =
                decision.Outcome == Outcome.ExplicitDeny
                    ? DenialFix.Of(situation, decision.Statements[0])
                    : AbsenceFix.Of(situation, decision.DecidedBy!.Value);
            steps.Add(step);
            if (changed is null)
                break;
            situation = changed;
        }
        return steps.ToImmutable();
    }
}
