using System.Collections.Immutable;
using System.IO.Pipelines;
using Microsoft.Win32.SafeHandles;

namespace Daybreak.Cloud.S3.Storage;

/// <summary>
/// A stretch of a body. Its first files are open, so that it can be read to its end even if the object is deleted meanwhile; those of an
/// object of very many parts are opened when they come.
/// </summary>
internal sealed class BodyPieces : IDisposable
{
    public static readonly BodyPieces None = new(null, default);

    private const int PieceSize = 128 * 1024;
    private const int MostOpen = 256;

    private readonly BodyFiles? _files;
    private readonly ReadOnlyMemory<byte> _small;
    private readonly List<Piece> _pieces = [];

    private BodyPieces(BodyFiles? files, ReadOnlyMemory<byte> small) => (_files, _small) = (files, small);

    /// <summary>Null when a file has been deleted meanwhile.</summary>
    public static BodyPieces? Open(BodyFiles files, ImmutableArray<Segment> segments, byte[]? small, long first, long length)
    {
        if (small is not null)
            return new BodyPieces(null, small.AsMemory((int)first, (int)length));
        var pieces = new BodyPieces(files, default);
        foreach (var segment in segments)
        {
            if (first >= segment.Size)
            {
                first -= segment.Size;
                continue;
            }
            if (length == 0)
                break;
            var here = Math.Min(length, segment.Size - first);
            var piece = new Piece(segment.File, first, here);
            if (pieces._pieces.Count < MostOpen && (piece.Handle = files.Open(segment.File)) is null)
            {
                pieces.Dispose();
                return null;
            }
            pieces._pieces.Add(piece);
            (first, length) = (0, length - here);
        }
        return pieces;
    }

    public async Task WriteAsync(PipeWriter to, CancellationToken cancellation)
    {
        if (!_small.IsEmpty)
            await to.WriteAsync(_small, cancellation);
        foreach (var piece in _pieces)
        {
            for (var at = 0L; at < piece.Length; )
            {
                var memory = to.GetMemory(PieceSize);
                var count = Read(piece, at, memory.Span[..(int)Math.Min(memory.Length, piece.Length - at)]);
                to.Advance(count);
                at += count;
                await to.FlushAsync(cancellation);
            }
            Close(piece);
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
        foreach (var piece in _pieces)
        {
            if (at < piece.Length)
                return Read(piece, at, buffer[..(int)Math.Min(buffer.Length, piece.Length - at)]);
            at -= piece.Length;
            Close(piece);
        }
        return 0;
    }

    public void Dispose()
    {
        foreach (var piece in _pieces)
            Close(piece);
    }

    private int Read(Piece piece, long at, Span<byte> buffer)
    {
        piece.Handle ??= _files!.Open(piece.File) ?? throw new IOException("The object was deleted while it was read.");
        var count = RandomAccess.Read(piece.Handle, buffer, piece.First + at);
        return count > 0 || buffer.IsEmpty ? count : throw new IOException("A file of an object is shorter than it was.");
    }

    private static void Close(Piece piece) => piece.Handle?.Dispose();

    /// <param name="First">The first byte of the file that belongs to the stretch.</param>
    private sealed record Piece(string File, long First, long Length)
    {
        public SafeFileHandle? Handle { get; set; }
    }
}
