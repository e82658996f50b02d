using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Security.Cryptography;
using System.Text;

namespace Daybreak.Cloud.S3.Bodies;

/// <summary>
/// A body of <c>aws-chunked</c> pieces, signed or not, with or without header fields after the last. Pieces that are signed are handed on
/// as they arrive; when a signature is wrong, the read at its end fails, and whoever reads has to drop everything.
/// </summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html</remarks>
/// <param name="length">Of the content.</param>
/// <param name="signatures">Null: the pieces are not signed.</param>
/// <param name="trailerName">The field that the request has announced; null: none.</param>
internal sealed class ChunkedSource(PipeReader body, long length, ChunkSignatures? signatures, string? trailerName)
    : BodySource,
        IDisposable
{
    private const int LongestLine = 16 * 1024;
    private const int SmallestChunk = 8192;
    private const string SignatureField = "x-amz-trailer-signature";

    private readonly IncrementalHash? _hash = signatures is null ? null : IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _rest = length;
    private long _chunk;
    private long _size = -1;
    private string _signature = "";
    private bool _isAtEnd;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellation)
    {
        while (_chunk == 0)
        {
            if (_isAtEnd)
                return 0;
            await NextChunkAsync(cancellation);
        }
        var read = await body.ReadAsync(cancellation);
        if (read.Buffer.IsEmpty && read.IsCompleted)
            throw S3Errors.IncompleteBody();
        var count = (int)Math.Min(Math.Min(_chunk, buffer.Length), read.Buffer.Length);
        var piece = read.Buffer.Slice(0, count);
        piece.CopyTo(buffer.Span);
        body.AdvanceTo(piece.End);
        _hash?.AppendData(buffer.Span[..count]);
        _chunk -= count;
        if (_chunk == 0)
            await EndChunkAsync(cancellation);
        return count;
    }

    public void Dispose() => _hash?.Dispose();

    private async ValueTask NextChunkAsync(CancellationToken cancellation)
    {
        var line = await LineAsync(cancellation) ?? throw S3Errors.IncompleteBody();
        var semicolon = line.IndexOf(';', StringComparison.Ordinal);
        var digits = semicolon < 0 ? line : line[..semicolon];
        if (
            !long.TryParse(digits.Trim(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var size)
            || size < 0
            || digits.Length > 16
        )
            throw S3Errors.IncompleteBody();
        if (size > _rest)
            throw S3Errors.IncompleteBody();
        if (signatures is not null)
        {
            const string Name = ";chunk-signature=";
            _signature =
                semicolon >= 0 && line[semicolon..].StartsWith(Name, StringComparison.Ordinal)
                    ? line[(semicolon + Name.Length)..].Trim()
                    : "";
        }
        if (size > 0 && _size is >= 0 and < SmallestChunk)
            throw S3Errors.InvalidChunkSize();
        (_size, _chunk) = (size, size);
        _rest -= size;
        if (size == 0)
            await EndAsync(cancellation);
    }

    private async ValueTask EndChunkAsync(CancellationToken cancellation)
    {
        signatures?.CheckChunk(_hash!.GetHashAndReset(), _signature);
        if (await LineAsync(cancellation) is not "")
            throw S3Errors.IncompleteBody();
    }

    private async ValueTask EndAsync(CancellationToken cancellation)
    {
        _isAtEnd = true;
        if (_rest != 0)
            throw S3Errors.IncompleteBody();
        signatures?.CheckChunk(SHA256.HashData([]), _signature);
        var signed = new StringBuilder();
        string? signature = null;
        var fields = 0;
        while (await LineAsync(cancellation) is { Length: > 0 } line)
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0 || ++fields > 16)
                throw S3Errors.MalformedTrailer();
            var name = line[..colon].Trim().ToLowerInvariant();
            var value = line[(colon + 1)..].Trim();
            if (name == SignatureField)
                signature = value;
            else if (name != trailerName || !Trailer.TryAdd(name, value))
                throw S3Errors.MalformedTrailer();
            else
                signed.Append(name).Append(':').Append(value).Append('\n');
        }
        if (trailerName is null)
            return;
        if (Trailer.Count == 0)
            throw S3Errors.MalformedTrailer();
        signatures?.CheckTrailer(SHA256.HashData(Encoding.UTF8.GetBytes(signed.ToString())), signature ?? "");
    }

    /// <summary>The next line, without its end; null at the end of the body.</summary>
    private async ValueTask<string?> LineAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var read = await body.ReadAsync(cancellation);
            if (read.Buffer.PositionOf((byte)'\n') is { } end)
            {
                var line = Encoding.Latin1.GetString(read.Buffer.Slice(0, end)).TrimEnd('\r');
                body.AdvanceTo(read.Buffer.GetPosition(1, end));
                return line;
            }
            if (read.Buffer.Length > LongestLine)
                throw S3Errors.IncompleteBody();
            body.AdvanceTo(read.IsCompleted ? read.Buffer.End : read.Buffer.Start, read.Buffer.End);
            if (read.IsCompleted)
                return read.Buffer.IsEmpty ? null : throw S3Errors.IncompleteBody();
        }
    }
}
