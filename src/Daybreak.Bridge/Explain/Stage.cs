namespace Daybreak.Bridge.Explain;

/// <summary>Explains a call; the answer is one JSON object, UTF-8.</summary>
public delegate Task<ReadOnlyMemory<byte>> ExplainAsync(Frames.ExplainFrame question, CancellationToken cancel);

public enum StageState
{
    Ok,
    Failed,

    /// <summary>It cannot be judged before an earlier stage is mended.</summary>
    NotReached,

    /// <summary>It may stand against a call, but nothing here can see it.</summary>
    NotSeen,
}

/// <summary>One stage of an invocation from SQL, as it would go now; of the form in which the local AWS gives its own
/// (docs/explain.md).</summary>
/// <param name="Name">As in JSON: <c>credentials</c>.</param>
/// <param name="Text">What was found, in sentences.</param>
public sealed record Stage(string Name, StageState State, string Text)
{
    /// <summary>ARNs, addresses and names of what decided.</summary>
    public IReadOnlyList<string> Evidence { get; init; } = [];

    /// <summary>What mends it; null unless it failed.</summary>
    public Mending? ToMend { get; init; }

    public static Stage Ok(string name, string text, params IReadOnlyList<string> evidence) =>
        new(name, StageState.Ok, text) { Evidence = evidence };

    public static Stage NotReached(string name, string text) => new(name, StageState.NotReached, text);

    public static Stage NotSeen(string name, string text, params IReadOnlyList<string> evidence) =>
        new(name, StageState.NotSeen, text) { Evidence = evidence };

    public static Stage Failed(string name, string text, Mending toMend, params IReadOnlyList<string> evidence) =>
        new(name, StageState.Failed, text) { ToMend = toMend, Evidence = evidence };
}

/// <param name="What">The step in a sentence.</param>
/// <param name="Commands">What does it, exactly as typed; empty where nothing so exact is known.</param>
public sealed record Mending(string What, params IReadOnlyList<string> Commands);
