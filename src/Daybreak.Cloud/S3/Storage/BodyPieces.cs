using System.Collections.Immutable;
using System.IO.Pipelines;
using Microsoft.Win32.SafeHandles;

namespace Daybreak.Cloud.S3.Storage;

/// <summary>A stretch of a body, whose files are open: it can be read to its end even if the object is deleted meanwhile.</summary>
internal sealed class BodyPieces : IDisposable
{
    public static readonly BodyPieces None = new(default, []);

    private const int PieceSize = 128 * 1024;

    private readonly ReadOnlyMemory<byte> _small;
    private readonly List<(SafeFileHandle Handle, long First, long Length)> _files;

    private BodyPieces(ReadOnlyMemory<byte> small, List<(SafeFileHandle, long, long)> files) => (_small, _files) = (small, files);

    /// <summary>Null when a file has been deleted meanwhile.</summary>
    public static BodyPieces? Open(BodyFiles files, ImmutableArray<Segment> segments, byte[]? small, long first, long length)
    {
        if (small is not null)
            return new BodyPieces(small.AsMemory((int)first, (int)length), []);
        var pieces = new BodyPieces(default, []);
        foreach (var segment in segments)
        {
            if (first >= segment.Size)
            {
                first -= segment.Size;
                continue;
            }
            if (length == 0)
                break;
            if (files.Open(segment.File) is not { } handle)
            {
                pieces.Dispose();
                return null;
            }
            var here = Math.Min(length, segment.Size - first);
            pieces._files.Add((handle, first, here));
            (first, length) = (0, length - here);
        }
        return pieces;
    }

    public async Task WriteAsync(PipeWriter to, CancellationToken cancellation)
    {
        if (!_small.IsEmpty)
            await to.WriteAsync(_small, cancellation);
        foreach (var (handle, first, length) in _files)
        {
            for (var at = 0L; at < length; )
            {
                var memory = to.GetMemory(PieceSize);
                var room = memory[..(int)Math.Min(memory.Length, length - at)];
                var count = RandomAccess.Read(handle, room.Span, first + at);
                if (count == 0)
                    throw new EndOfStreamException("A file of an object is shorter than it was.");
                to.Advance(count);
                at += count;
                await to.FlushAsync(cancellation);
            }
        }
    }

    /// <summary>Reads the next bytes from a place in this stretch.</summary>
    public int Read(long at, Span<byte> buffer)
    {
        if (!_small.IsEmpty)
        {
            var count = (int)Math.Min(buffer.Length, _small.Length - at);
            _small.Span.Slice((int)at, count).CopyTo(buffer);
            return count;
        }
        foreach (var (handle, first, length) in _files)
        {
            if (at < length)
                return RandomAccess.Read(handle, buffer[..(int)Math.Min(buffer.Length, length - at)], first + at);
            at -= length;
        }
        return 0;
    }

    public void Dispose()
    {
        foreach (var (handle, _, _) in _files)
            handle.Dispose();
    }
}
