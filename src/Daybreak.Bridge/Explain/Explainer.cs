using Daybreak.Bridge.Frames;

namespace Daybreak.Bridge.Explain;

/// <summary>
/// Explains calls: beside a server of a local cluster by asking the local AWS, which sees everything; elsewhere by what can be
/// checked from here. Off the invocation path, a few at a time.
/// </summary>
/// <param name="local">The local AWS; null elsewhere.</param>
internal sealed class Explainer(LocalExplanation? local, OutsideChecks outside) : IDisposable
{
    // They connect past the pools, which bound what calls may do.
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
