using System.Collections.Immutable;
using Daybreak.Cloud.Access.Explain;

namespace Daybreak.Cloud.Explain;

/// <summary>One stage of an invocation from SQL, as it would go now.</summary>
/// <param name="Name">As in JSON: <c>extension</c>, <c>network</c>, <c>trust</c>.</param>
/// <param name="Text">The finding, in a sentence.</param>
internal sealed record Stage(string Name, StageState State, string Text)
{
    /// <summary>Ids, ARNs and names behind the finding.</summary>
    public ImmutableArray<string> Evidence { get; init; } = [];

    /// <summary>The steps through the network, in order.</summary>
    public ImmutableArray<StageHop> Hops { get; init; } = [];

    /// <summary>The steps of the fix, in order.</summary>
    public ImmutableArray<FixStep> Fix { get; init; } = [];

    public static Stage Ok(string name, string text, params ImmutableArray<string> evidence) =>
        new(name, StageState.Ok, text) { Evidence = evidence };

    public static Stage NotReached(string name, string text) => new(name, StageState.NotReached, text);

    public static Stage Failed(string name, string text, ImmutableArray<FixStep> fix, params ImmutableArray<string> evidence) =>
        new(name, StageState.Failed, text) { Fix = fix, Evidence = evidence };

    public static ImmutableArray<FixStep> FixOf(string what, params ImmutableArray<string> commands) => [new FixStep(what, null, commands)];
}

internal enum StageState
{
    Ok,
    Failed,

    /// <summary>Cannot be checked before an earlier stage is fixed.</summary>
    NotReached,
}

/// <param name="Kind">As in JSON: <c>securityGroupEgress</c>.</param>
internal sealed record StageHop(string Kind, bool Passes, string Text, ImmutableArray<string> Evidence);
