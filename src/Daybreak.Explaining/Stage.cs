using System.Collections.Immutable;

namespace Daybreak.Explaining;

/// <summary>One stage of an invocation from SQL, as it would go now.</summary>
/// <param name="Name">As in JSON: <c>extension</c>, <c>network</c>, <c>credentials</c>.</param>
/// <param name="Text">The finding, in sentences.</param>
public sealed record Stage(string Name, StageState State, string Text)
{
    /// <summary>Ids, ARNs, addresses and names behind the finding.</summary>
    public ImmutableArray<string> Evidence { get; init; } = [];

    /// <summary>The steps through the network, in order.</summary>
    public ImmutableArray<StageHop> Hops { get; init; } = [];

    /// <summary>The steps of the fix, in order; empty unless the stage failed.</summary>
    public ImmutableArray<FixStep> Fix { get; init; } = [];

    public static Stage Ok(string name, string text, params ImmutableArray<string> evidence) =>
        new(name, StageState.Ok, text) { Evidence = evidence };

    public static Stage NotReached(string name, string text) => new(name, StageState.NotReached, text);

    public static Stage NotSeen(string name, string text, params ImmutableArray<string> evidence) =>
        new(name, StageState.NotSeen, text) { Evidence = evidence };

    public static Stage Failed(string name, string text, ImmutableArray<FixStep> fix, params ImmutableArray<string> evidence) =>
        new(name, StageState.Failed, text) { Fix = fix, Evidence = evidence };

    /// <summary>A fix of one step.</summary>
    public static ImmutableArray<FixStep> FixOf(string what, params ImmutableArray<string> commands) => [new FixStep(what, null, commands)];
}
