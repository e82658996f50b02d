using System.Runtime.CompilerServices;

namespace Daybreak.Bridge.Http;

/// <summary>
/// Reads one reply after another from a connection. Head and small bodies stay in a buffer that the connection keeps; a larger body goes to
/// a rented array.
/// </summary>
public sealed class ReplyReader(HttpConnection connection)
{
    private const int KeptBytes = 4096;
    private const int FirstGrowth = 16 * 1024;

    private readonly byte[] _kept = new byte[KeptBytes];
    private byte[] _buffer = [];
    private int _end;
    private int _headLength;

    public ReplyHead Head { get; } = new();
    public ReplyBody Body { get; } = new();

    /// <summary>Whether the connection can be used again: the reply ended where its framing said, and the peer keeps it open.</summary>
    public bool Reusable { get; private set; }

    public ReadOnlySpan<byte> Header(ReplyHeader header) => Head.Value(header, _buffer.AsSpan(0, _headLength));

    /// <exception cref="HttpFailureException">Broken or TooLarge.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask ReadAsync(CancellationToken cancel)
    {
        Clear();
        do
        {
            // An interim reply (1xx) is a separate head before the real one.
            DropInterimHead();
            // Awaits the socket directly: every asynchronous method in between is one more allocation per call.
            while (!TryFindHead())
                _end += AtLeastOne(await connection.ReceiveAsync(RoomForHead(), cancel));
            if (!Head.TryParse(_buffer.AsSpan(0, _headLength)))
                throw new HttpFailureException(HttpFailure.Broken, "The reply is not HTTP/1.1");
        } while (Head.Status < 200);

        var extra = _buffer.AsMemory(_headLength, _end - _headLength);
        if (Head.Status is 204 or 304)
            Finish(extra.IsEmpty);
        else if (Head.Chunked)
            await ReadChunkedAsync(extra, cancel);
        else if (Head.ContentLength >= 0)
            await ReadDeclaredAsync(extra, cancel);
        // A truncated reply that is read to the end of the connection would look complete (RFC 9112, 8). Lambda frames every reply.
        else
            throw new HttpFailureException(HttpFailure.Broken, $"The reply (HTTP status {Head.Status}) does not say where it ends");
    }

    public void Clear()
    {
        Body.Clear();
        (_buffer, _end, _headLength, Reusable) = (_kept, 0, 0, false);
    }

    private void Finish(bool inStep) => Reusable = inStep && Head.KeepAlive;

    private void DropInterimHead()
    {
        _buffer.AsSpan(_headLength, _end - _headLength).CopyTo(_buffer);
        (_end, _headLength) = (_end - _headLength, 0);
    }

    private bool TryFindHead()
    {
        var at = _buffer.AsSpan(0, _end).IndexOf("\r\n\r\n"u8);
        if (at < 0)
            return false;
        _headLength = at + 4;
        return true;
    }

    private Memory<byte> RoomForHead()
    {
        if (_end == _buffer.Length)
        {
            if (_end >= ReplyLimits.Head)
                throw new HttpFailureException(HttpFailure.TooLarge, "head");
            Array.Resize(ref _buffer, _end * 2);
        }
        return _buffer.AsMemory(_end);
    }

    /// <summary>The end of the connection is a broken reply.</summary>
    private int AtLeastOne(int received) =>
        received > 0
            ? received
            : throw new HttpFailureException(
                HttpFailure.Broken,
                _end == 0
                    ? "The endpoint closed the connection without a reply"
                    : "The endpoint closed the connection in the middle of its reply"
            );

    private async ValueTask ReadDeclaredAsync(ReadOnlyMemory<byte> extra, CancellationToken cancel)
    {
        if (Head.ContentLength > ReplyLimits.Body)
            throw new HttpFailureException(HttpFailure.TooLarge, "body");
        var length = (int)Head.ContentLength;
        if (extra.Length >= length)
        {
            Body.Lend(extra[..length]);
            Finish(extra.Length == length);
            return;
        }
        Body.Lend(extra);
        // A declared length is only a promise, so the array grows in steps.
        var into = Body.Grow(Math.Min(length, 1024 * 1024));
        var have = extra.Length;
        while (have < length)
        {
            if (have == into.Length)
                into = Body.Grow(Math.Min(length, into.Length * 2));
            have += AtLeastOne(await connection.ReceiveAsync(into.AsMemory(have, Math.Min(into.Length, length) - have), cancel));
            Body.SetLength(have);
        }
        Finish(inStep: true);
    }

    private async ValueTask ReadChunkedAsync(ReadOnlyMemory<byte> extra, CancellationToken cancel)
    {
        Body.Lend(extra);
        var into = Body.Grow(FirstGrowth);
        var chunks = new ChunkedDecoder();
        var (have, fresh) = (0, extra.Length);
        while (true)
        {
            // Decoded bytes never outrun encoded ones, so decoding happens in place.
            var progress = chunks.Decode(into.AsSpan(have, fresh), out var consumed, out var decoded);
            have += decoded;
            Body.SetLength(have);
            if (have > ReplyLimits.Body)
                throw new HttpFailureException(HttpFailure.TooLarge, "body");
            if (progress == ChunkedProgress.Malformed)
                throw new HttpFailureException(HttpFailure.Broken, "The reply is not framed in chunks as it says");
            if (progress == ChunkedProgress.Done)
            {
                Finish(consumed == fresh);
                return;
            }
            if (have == into.Length)
                into = Body.Grow(into.Length * 2);
            fresh = AtLeastOne(await connection.ReceiveAsync(into.AsMemory(have), cancel));
        }
    }
}
