using System.Buffers;
using System.Globalization;
using System.Text;
using Daybreak.Cloud.FrontDoor;

namespace Daybreak.Cloud.Lambda.Runtime.Api;

/// <summary>Reads the body of a request to the Runtime API.</summary>
internal static class RequestBody
{
    public enum End
    {
        Complete,
        Truncated,
        TooLarge,
        Malformed,
    }

    private const int SizeLineLimit = 1024;
    private const int TrailerLimit = 64;
    private const int TrailerLineLimit = 512 * 1024; // an error with its stack, in Base64
    private const int PieceSize = 64 * 1024; // a chunk may announce more than it contains

    /// <param name="contentLength">-1 for a chunked body.</param>
    /// <param name="limit">Maximum length in bytes. A longer body is read to its end and dropped, so that the connection stays
    /// usable.</param>
    public static async ValueTask<(End End, byte[] Body)> ReadAsync(
        SocketReader reader,
        long contentLength,
        int limit,
        CancellationToken cancellation
    )
    {
        if (contentLength < 0)
            return await ReadChunksAsync(reader, limit, cancellation);
        if (contentLength == 0)
            return (End.Complete, []);
        if (contentLength > limit)
            return (await reader.SkipAsync(contentLength, cancellation) ? End.TooLarge : End.Truncated, []);

        var arriving = new ArrivingBody((int)contentLength);
        while (!arriving.IsWhole)
        {
            var count = await reader.ReadAsync(arriving.Rest, cancellation);
            if (count == 0)
                return (End.Truncated, []);
            arriving.Advance(count);
        }

        return (End.Complete, arriving.Bytes);
    }

    private static async ValueTask<(End End, byte[] Body)> ReadChunksAsync(SocketReader reader, int limit, CancellationToken cancellation)
    {
        var body = new ArrayBufferWriter<byte>();
        var tooLarge = false;
        while (true)
        {
            var (end, size) = await ReadSizeAsync(reader, cancellation);
            if (end != End.Complete)
                return (end, []);
            if (size == 0)
            {
                var (ended, _) = await ReadTrailersAsync(reader, cancellation);
                return ended != End.Complete
                    ? (ended, [])
                    : (tooLarge ? End.TooLarge : End.Complete, tooLarge ? [] : body.WrittenMemory.ToArray());
            }

            tooLarge |= body.WrittenCount + size > limit;
            if (tooLarge)
            {
                if (!await reader.SkipAsync(size, cancellation))
                    return (End.Truncated, []);
            }
            else
            {
                for (var rest = (int)size; rest > 0; )
                {
                    var free = body.GetMemory(Math.Min(rest, PieceSize));
                    var count = await reader.ReadAsync(free[..Math.Min(rest, free.Length)], cancellation);
                    if (count == 0)
                        return (End.Truncated, []);
                    body.Advance(count);
                    rest -= count;
                }
            }

            if (await reader.ReadLineAsync(0, cancellation) is null)
                return (End.Malformed, []);
        }
    }

    /// <summary>Reads the length of the next chunk; 0 is the end of the body, before the trailers.</summary>
    public static async ValueTask<(End End, long Size)> ReadSizeAsync(SocketReader reader, CancellationToken cancellation)
    {
        if (await reader.ReadLineAsync(SizeLineLimit, cancellation) is not { } line)
            return (End.Truncated, 0);
        var extension = line.Span.IndexOf((byte)';');
        var digits = (extension < 0 ? line : line[..extension]).Span.Trim(" \t"u8);
        return
            digits.Length is 0 or > 8 || !uint.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var size)
            ? (End.Malformed, 0)
            : (End.Complete, size);
    }

    /// <summary>Reads what follows the last chunk.</summary>
    public static async ValueTask<(End End, IReadOnlyList<string> Trailers)> ReadTrailersAsync(
        SocketReader reader,
        CancellationToken cancellation
    )
    {
        var trailers = new List<string>();
        while (trailers.Count < TrailerLimit)
        {
            if (await reader.ReadLineAsync(TrailerLineLimit, cancellation) is not { } trailer)
                return (End.Truncated, []);
            if (trailer.IsEmpty)
                return (End.Complete, trailers);
            trailers.Add(Encoding.UTF8.GetString(trailer.Span));
        }

        return (End.Malformed, []);
    }
}
