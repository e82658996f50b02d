using System.Collections.Immutable;

namespace Daybreak.Explaining;

/// <summary>What an invocation from SQL would meet now, stage by stage (docs/explain.md).</summary>
/// <param name="Database">Where the call would come from.</param>
/// <param name="Function">The function as the question names it; empty when it names none.</param>
public sealed record Explanation(string Database, string Function, ImmutableArray<Stage> Stages)
{
    /// <summary>Nothing that was seen stops the call.</summary>
    public bool Works => Stages.All(static stage => stage.State is StageState.Ok or StageState.NotSeen);
}
