using System.Buffers;
using System.Net.Sockets;

namespace Daybreak.Cloud.Lambda.Runtime.Api;

/// <summary>Reads from a socket through a buffer.</summary>
internal sealed class SocketReader(Socket socket) : IDisposable
{
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(8 * 1024);
    private int _start;
    private int _end;

    /// <summary>Bytes received and not yet consumed.</summary>
    public ReadOnlyMemory<byte> Unread => _buffer.AsMemory(_start, _end - _start);

    public void Consume(int count)
    {
        _start += count;
        if (_start == _end)
            _start = _end = 0;
    }

    /// <summary>Receives more bytes into the buffer; false at the end of the stream.</summary>
    public async ValueTask<bool> ReceiveAsync(CancellationToken cancellation)
    {
        if (_end == _buffer.Length)
            MakeRoom();
        var count = await socket.ReceiveAsync(_buffer.AsMemory(_end), cancellation);
        _end += count;
        return count > 0;
    }

    /// <summary>Reads some bytes into <paramref name="target"/>; 0 at the end of the stream.</summary>
    public async ValueTask<int> ReadAsync(Memory<byte> target, CancellationToken cancellation)
    {
        var ahead = Math.Min(target.Length, _end - _start);
        if (ahead == 0)
            return await socket.ReceiveAsync(target, cancellation);
        _buffer.AsSpan(_start, ahead).CopyTo(target.Span);
        Consume(ahead);
        return ahead;
    }

    /// <summary>Skips <paramref name="count"/> bytes; false when the stream ends before.</summary>
    public async ValueTask<bool> SkipAsync(long count, CancellationToken cancellation)
    {
        while (true)
        {
            var ahead = (int)Math.Min(count, _end - _start);
            Consume(ahead);
            count -= ahead;
            if (count == 0)
                return true;
            if (!await ReceiveAsync(cancellation))
                return false;
        }
    }

    /// <summary>The next line without its CR LF; null when the stream ends before, or the line is longer than
    /// <paramref name="limit"/>.</summary>
    public async ValueTask<ReadOnlyMemory<byte>?> ReadLineAsync(int limit, CancellationToken cancellation)
    {
        while (true)
        {
            var end = Unread.Span.IndexOf("\r\n"u8);
            if (end >= 0 && end <= limit)
            {
                var line = Unread[..end].ToArray();
                Consume(end + 2);
                return line;
            }

            if (end >= 0 || _end - _start > limit || !await ReceiveAsync(cancellation))
                return null;
        }
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(Interlocked.Exchange(ref _buffer, []));

    private void MakeRoom()
    {
        var target = _start > _buffer.Length / 2 ? _buffer : ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
        _buffer.AsSpan(_start, _end - _start).CopyTo(target);
        if (target != _buffer)
            ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = target;
        (_start, _end) = (0, _end - _start);
    }
}
