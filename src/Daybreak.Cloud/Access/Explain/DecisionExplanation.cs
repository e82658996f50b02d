using System.Collections.Immutable;
using Daybreak.Cloud.Policy;
using Daybreak.Explaining;

namespace Daybreak.Cloud.Access.Explain;

/// <summary>The answer to a <see cref="Question"/>.</summary>
/// <param name="Reason">The decision in words; for a denial AWS's message.</param>
/// <param name="Notes">Further facts that are needed to understand it.</param>
/// <param name="Steps">The steps that would fix a denial.</param>
public sealed record DecisionExplanation(
    RequestContext Request,
    Decision Decision,
    string Reason,
    ImmutableArray<string> Notes,
    ImmutableArray<FixStep> Steps
);
