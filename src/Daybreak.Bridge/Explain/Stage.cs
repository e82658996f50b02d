namespace Daybreak.Bridge.Explain;

/// <summary>Explains a call; the answer is one JSON object, UTF-8.</summary>
public delegate Task<ReadOnlyMemory<byte>> ExplainAsync(Frames.ExplainFrame question, CancellationToken cancel);

public enum StageState
{
    Ok,
    Failed,

    /// <summary>Cannot be checked before an earlier stage is fixed.</summary>
    NotReached,

    /// <summary>May stop a call, but cannot be checked from here.</summary>
    NotSeen,
}

/// <summary>
/// One stage of an invocation from SQL, as it would go now, in the same form as the stages of the local AWS (docs/explain.md).
/// </summary>
/// <param name="Name">As in JSON: <c>credentials</c>.</param>
/// <param name="Text">The finding, in sentences.</param>
public sealed record Stage(string Name, StageState State, string Text)
{
    /// <summary>ARNs, addresses and names behind the finding.</summary>
    public IReadOnlyList<string> Evidence { get; init; } = [];

    /// <summary>The fix; null unless the stage failed.</summary>
    public Fix? Fix { get; init; }

    public static Stage Ok(string name, string text, params IReadOnlyList<string> evidence) =>
        new(name, StageState.Ok, text) { Evidence = evidence };

    public static Stage NotReached(string name, string text) => new(name, StageState.NotReached, text);

    public static Stage NotSeen(string name, string text, params IReadOnlyList<string> evidence) =>
        new(name, StageState.NotSeen, text) { Evidence = evidence };

    public static Stage Failed(string name, string text, Fix fix, params IReadOnlyList<string> evidence) =>
        new(name, StageState.Failed, text) { Fix = fix, Evidence = evidence };
}

/// <param name="What">The fix in a sentence.</param>
/// <param name="Commands">Commands that apply it, exactly as typed; empty when none so exact are known.</param>
public sealed record Fix(string What, params IReadOnlyList<string> Commands);
