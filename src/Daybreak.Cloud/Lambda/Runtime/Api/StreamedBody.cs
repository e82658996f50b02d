using System.Buffers;

namespace Daybreak.Cloud.Lambda.Runtime.Api;

/// <summary>Passes on the body of a response that streams, as it arrives.</summary>
internal static class StreamedBody
{
    private const int PieceSize = 64 * 1024;

    /// <param name="contentLength">-1 for a chunked body.</param>
    /// <param name="limit">Maximum length in bytes. The rest of a longer body is read and dropped.</param>
    /// <returns>How it ended, and the trailers: <c>Name: value</c>.</returns>
    public static async ValueTask<(RequestBody.End End, IReadOnlyList<string> Trailers)> CopyAsync(
        SocketReader reader,
        long contentLength,
        long limit,
        Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> write,
        CancellationToken cancellation
    )
    {
        var piece = ArrayPool<byte>.Shared.Rent(PieceSize);
        try
        {
            var written = 0L;
            while (true)
            {
                var (end, size) =
                    contentLength < 0 ? await RequestBody.ReadSizeAsync(reader, cancellation) : (RequestBody.End.Complete, contentLength);
                if (end != RequestBody.End.Complete)
                    return (end, []);
                if (size == 0 && contentLength < 0)
                {
                    var (ended, trailers) = await RequestBody.ReadTrailersAsync(reader, cancellation);
                    return (ended == RequestBody.End.Complete && written > limit ? RequestBody.End.TooLarge : ended, trailers);
                }

                for (var rest = size; rest > 0; )
                {
                    var count = await reader.ReadAsync(piece.AsMemory(0, (int)Math.Min(rest, piece.Length)), cancellation);
                    if (count == 0)
                        return (RequestBody.End.Truncated, []);
                    rest -= count;
                    written += count;
                    if (written <= limit)
                        await write(piece.AsMemory(0, count), cancellation);
                }

                if (contentLength >= 0)
                    return (written > limit ? RequestBody.End.TooLarge : RequestBody.End.Complete, []);
                if (await reader.ReadLineAsync(0, cancellation) is null)
                    return (RequestBody.End.Malformed, []);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }
    }

    /// <summary>What the trailers say of an error that came after the beginning of the response; null: there was none.</summary>
    public static RuntimeResponse? ErrorIn(IReadOnlyList<string> trailers)
    {
        var type = Value(trailers, "Lambda-Runtime-Function-Error-Type");
        var body = Value(trailers, "Lambda-Runtime-Function-Error-Body");
        if (type is null && body is null)
            return null;
        var bytes = new byte[body?.Length ?? 0];
        var payload =
            body is not null && Convert.TryFromBase64String(body, bytes, out var length)
                ? bytes.AsMemory(0, length)
                : ErrorPayload.OfType(type ?? "Runtime.Unknown");
        return new RuntimeResponse(payload, IsError: true) { ErrorType = type };
    }

    private static string? Value(IReadOnlyList<string> trailers, string name) =>
        trailers
            .Select(static trailer => trailer.Split(':', 2))
            .Where(parts => parts.Length == 2 && parts[0].Equals(name, StringComparison.OrdinalIgnoreCase))
            .Select(static parts => parts[1].Trim())
            .FirstOrDefault();
}
