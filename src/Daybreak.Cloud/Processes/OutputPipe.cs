using System.Buffers;

namespace Daybreak.Cloud.Processes;

/// <summary>Our end of a pipe that a child writes to.</summary>
internal sealed unsafe class OutputPipe
{
    private const int ChunkSize = 64 * 1024; // the size of a pipe

    private readonly Lock _lock = new();
    private readonly ChildOutput _output;
    private readonly int _descriptor;
    private readonly long _key;
    private bool _closed;

    /// <summary>Takes ownership of <paramref name="descriptor"/>.</summary>
    public OutputPipe(int descriptor, ChildOutput output)
    {
        _descriptor = descriptor;
        _output = output;
        LibC.MakeNonBlocking(descriptor);
        lock (_lock)
            _key = Epoll.Shared.Add(descriptor, () => Drain(ChunkSize));
    }

    /// <summary>Delivers what is in the pipe now, at most about <paramref name="limit"/> bytes; never waits for the child.</summary>
    public void Drain(int limit)
    {
        lock (_lock)
        {
            var buffer = ArrayPool<byte>.Shared.Rent(ChunkSize);
            while (!_closed && limit > 0)
            {
                nint count;
                fixed (byte* start = buffer)
                    count = LibC.Read(_descriptor, start, ChunkSize);
                if (count > 0)
                {
                    _output(buffer.AsSpan(0, (int)count));
                    limit -= (int)count;
                    // A short read has emptied the pipe, so the kernel is asked again only when the buffer was filled.
                    if (count < ChunkSize)
                        break;
                    continue;
                }

                var error = count == 0 ? 0 : System.Runtime.InteropServices.Marshal.GetLastPInvokeError();
                if (error == LibC.TryAgain)
                    break;
                if (error != LibC.Interrupted)
                    Close();
            }

            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public void Close()
    {
        lock (_lock)
        {
            if (_closed)
                return;
            _closed = true;
            Epoll.Shared.Remove(_descriptor, _key);
            _ = LibC.Close(_descriptor);
        }
    }
}
