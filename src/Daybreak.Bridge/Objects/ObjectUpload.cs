using System.Buffers;
using System.Text;
using Daybreak.Bridge.Frames;
using Daybreak.Bridge.Invocation;

namespace Daybreak.Bridge.Objects;

/// <summary>
/// An upload in parts. A few of them are on their way while the backend makes the next one, so that neither waits for the other; what goes
/// wrong with one is told with a later part, or with the upload's end.
/// </summary>
/// <param name="abort">The request that aborts it.</param>
internal sealed class ObjectUpload(ObjectClient client, ObjectFrame abort, TimeProvider time) : IDisposable
{
    private const int MostOnTheirWay = 3;

    // Of all parts, for they go on while no request of the backend is outstanding.
    private readonly CallCancellation _call = new(time);
    private readonly Queue<Task> _onTheirWay = [];
    private readonly SortedDictionary<int, string> _etags = [];

    /// <summary>Waits until there is room, and begins to send a part.</summary>
    /// <exception cref="InvocationException">An earlier part failed.</exception>
    public async Task BeginPartAsync(ObjectFrame part, CancellationToken cancel)
    {
        while (_onTheirWay.Count >= MostOnTheirWay)
            await FirstAsync(cancel);
        // The frame is in a buffer of the connection, which the next request needs.
        var copy = ArrayPool<byte>.Shared.Rent(part.Payload.Length);
        part.Payload.CopyTo(copy);
        _onTheirWay.Enqueue(SendAsync(part.Kept() with { Payload = copy.AsMemory(0, part.Payload.Length) }, copy));
    }

    /// <summary>Waits for all parts, and puts their ETags where the backend has none.</summary>
    public async Task<ObjectFrame> CompleteAsync(ObjectFrame asked, CancellationToken cancel)
    {
        while (_onTheirWay.Count > 0)
            await FirstAsync(cancel);
        var given = Encoding.UTF8.GetString(asked.Payload.Span).TrimEnd('\n').Split('\n');
        var lines = Enumerable
            .Range(1, Math.Max(given.Length, _etags.Keys.LastOrDefault()))
            .Select(number =>
                number <= given.Length && given[number - 1].Length > 0 ? given[number - 1] : _etags.GetValueOrDefault(number, "")
            );
        return asked with { Payload = Encoding.UTF8.GetBytes(string.Join('\n', lines)) };
    }

    /// <summary>Gives up the parts that are on their way, and then the upload, of which nothing would be left to pay for.</summary>
    public async Task AbortAsync()
    {
        _call.Abandon();
        foreach (var part in _onTheirWay)
            await part.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        using var call = new CallCancellation(time);
        await client.SendAsync(abort, null, call);
    }

    public void Dispose() => _call.Dispose();

    private async Task FirstAsync(CancellationToken cancel)
    {
        await _onTheirWay.Peek().WaitAsync(cancel);
        _ = _onTheirWay.Dequeue();
    }

    private async Task SendAsync(ObjectFrame part, byte[] copy)
    {
        // Hashing megabytes must not delay the answer to the backend, which makes the next part.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        var answer = await client.SendAsync(part, null, _call);
        lock (_etags)
            _etags[part.PartNumber] = answer.ETag;
        // One whose sending failed may still be in use, and is left to the collector.
        ArrayPool<byte>.Shared.Return(copy);
    }
}
