using Daybreak.Bridge.Frames;

namespace Daybreak.Bridge.Explain;

/// <summary>
/// Explains calls: next to a server of a local cluster it asks the local AWS, which knows everything; elsewhere it checks what can be
/// checked from here. It runs outside the invocation path, a few explanations at a time.
/// </summary>
/// <param name="local">The local AWS; null elsewhere.</param>
internal sealed class Explainer(LocalExplanation? local, OutsideChecks outside) : IDisposable
{
    // Explanations connect without the pools, which limit calls.
    private readonly SemaphoreSlim _places = new(4);

    public async Task<ReadOnlyMemory<byte>> ExplainAsync(ExplainFrame question, CancellationToken cancel)
    {
        await _places.WaitAsync(cancel);
        try
        {
            return local is null ? await outside.ExplainAsync(question, cancel) : await local.AskAsync(question, cancel);
        }
        finally
        {
            _places.Release();
        }
    }

    public void Dispose()
    {
        _places.Dispose();
        local?.Dispose();
    }
}
