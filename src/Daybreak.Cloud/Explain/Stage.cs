using System.Collections.Immutable;
using Daybreak.Cloud.Access.Explain;

namespace Daybreak.Cloud.Explain;

/// <summary>One stage of an invocation from SQL, as it would go now.</summary>
/// <param name="Name">As in JSON: <c>extension</c>, <c>network</c>, <c>trust</c>.</param>
/// <param name="Text">What was found, in a sentence.</param>
internal sealed record Stage(string Name, StageState State, string Text)
{
    /// <summary>Ids, ARNs and names of what decided.</summary>
    public ImmutableArray<string> Evidence { get; init; } = [];

    /// <summary>The network's steps, in order.</summary>
    public ImmutableArray<StageHop> Hops { get; init; } = [];

    /// <summary>What mends it, in order.</summary>
    public ImmutableArray<MendingStep> Mending { get; init; } = [];

    public static Stage Ok(string name, string text, params ImmutableArray<string> evidence) =>
        new(name, StageState.Ok, text) { Evidence = evidence };

    public static Stage NotReached(string name, string text) => new(name, StageState.NotReached, text);

    public static Stage Failed(string name, string text, ImmutableArray<MendingStep> mending, params ImmutableArray<string> evidence) =>
        new(name, StageState.Failed, text) { Mending = mending, Evidence = evidence };

    public static ImmutableArray<MendingStep> Mend(string what, params ImmutableArray<string> commands) =>
        [new MendingStep(what, null, commands)];
}

internal enum StageState
{
    Ok,
    Failed,

    /// <summary>It cannot be judged before an earlier stage is mended.</summary>
    NotReached,
}

/// <param name="Kind">As in JSON: <c>securityGroupEgress</c>.</param>
internal sealed record StageHop(string Kind, bool Passes, string Text, ImmutableArray<string> Evidence);
