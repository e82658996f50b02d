using System.Collections.Immutable;
using Daybreak.Cloud.Policy;

namespace Daybreak.Cloud.Access.Explain;

/// <summary>The answer to a <see cref="Question"/>.</summary>
/// <param name="Reason">The decision in words: AWS's sentence when it is denied.</param>
/// <param name="Notes">What else one should know to understand it.</param>
/// <param name="Steps">What would mend a denial.</param>
public sealed record Explanation(
    RequestContext Request,
    Decision Decision,
    string Reason,
    ImmutableArray<string> Notes,
    ImmutableArray<MendingStep> Steps
);
