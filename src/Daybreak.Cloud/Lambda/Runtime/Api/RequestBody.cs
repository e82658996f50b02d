using System.Buffers;
using System.Globalization;

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

    /// <param name="contentLength">-1: chunked.</param>
    /// <param name="limit">Longest body that is kept, in bytes; a longer one is read to its end, so that the connection stays usable.</param>
    public static async ValueTask<(End End, byte[] Body)> ReadAsync(
        SocketReader reader, long contentLength, int limit, CancellationToken cancellation)
    {
        if (contentLength < 0)
            return await ReadChunksAsync(reader, limit, cancellation);
        if (contentLength == 0)
            return (End.Complete, []);
        if (contentLength > limit)
            return (await reader.SkipAsync(contentLength, cancellation) ? End.TooLarge : End.Truncated, []);

        byte[] body = GC.AllocateUninitializedArray<byte>((int)contentLength);
        return await reader.ReadExactlyAsync(body, cancellation) ? (End.Complete, body) : (End.Truncated, []);
    }

    private static async ValueTask<(End End, byte[] Body)> ReadChunksAsync(SocketReader reader, int limit, CancellationToken cancellation)
    {
        var body = new ArrayBufferWriter<byte>();
        bool tooLarge = false;
        while (true)
        {
            if (await reader.ReadLineAsync(SizeLineLimit, cancellation) is not { } line)
                return (End.Truncated, []);
            int extension = line.Span.IndexOf((byte)';');
            ReadOnlySpan<byte> digits = (extension < 0 ? line : line[..extension]).Span.Trim(" \t"u8);
            if (digits.Length is 0 or > 8 || !uint.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint size))
                return (End.Malformed, []);
            if (size == 0)
                break;

            tooLarge |= body.WrittenCount + (long)size > limit;
            if (tooLarge)
            {
                if (!await reader.SkipAsync(size, cancellation))
                    return (End.Truncated, []);
            }
            else
            {
                if (!await reader.ReadExactlyAsync(body.GetMemory((int)size)[..(int)size], cancellation))
                    return (End.Truncated, []);
                body.Advance((int)size);
            }

            if (await reader.ReadLineAsync(0, cancellation) is null)
                return (End.Malformed, []);
        }

        for (int count = 0; count < TrailerLimit; count++)
        {
            if (await reader.ReadLineAsync(SizeLineLimit, cancellation) is not { } trailer)
                return (End.Truncated, []);
            if (trailer.IsEmpty)
                return (tooLarge ? End.TooLarge : End.Complete, tooLarge ? [] : body.WrittenMemory.ToArray());
        }

        return (End.Malformed, []);
    }
}
