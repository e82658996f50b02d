namespace Daybreak.Bridge.Explain;

/// <summary>Explains a call; the answer is one JSON object, UTF-8.</summary>
public delegate Task<ReadOnlyMemory<byte>> ExplainAsync(Frames.ExplainFrame question, CancellationToken cancel);
