using System.Buffers;
using System.Security.Cryptography;
using Daybreak.Cloud.S3.Protocol;
using Daybreak.Cloud.S3.Storage;

namespace Daybreak.Cloud.S3.Bodies;

/// <summary>
/// Receives a body piece by piece, and finds out while it arrives whether it is what its sender said: its length, its hash, its checksum
/// and its signatures.
/// </summary>
internal static class BodyIntake
{
    /// <summary>Bodies up to here are kept in the database beside their rows, which saves a file and its flush each.</summary>
    public const int SmallBody = 32 * 1024;

    /// <summary>5 GiB: the most for one request.</summary>
    public const long LargestBody = 5L * 1024 * 1024 * 1024;

    /// <summary>No body is small enough.</summary>
    public const int AlwaysFile = -1;

    private const int PieceSize = 256 * 1024;

    /// <summary>Receives the body of an object or a part.</summary>
    /// <param name="small">The largest body that is not put into a file.</param>
    /// <param name="wanted">A checksum that is computed in any case.</param>
    public static Task<ReceivedBody> ReceiveAsync(S3Call call, BodyFiles files, int small = SmallBody, ChecksumAlgorithm? wanted = null)
    {
        var expected = ExpectedBody.Of(call);
        if (expected.Length > LargestBody)
            throw S3Errors.EntityTooLarge(expected.Length, LargestBody);
        return ReceiveAsync(call, expected, files, small, wanted);
    }

    /// <summary>Receives a document.</summary>
    /// <param name="limit">In bytes; a longer one is no document of S3's.</param>
    public static Task<ReceivedBody> ReceiveDocumentAsync(S3Call call, int limit)
    {
        var expected = ExpectedBody.Of(call, needsLength: false);
        return expected.Length > limit ? throw S3Errors.MalformedXml() : ReceiveAsync(call, expected, null, limit, null);
    }

    /// <summary>Copies a stretch of a body.</summary>
    public static Task<ReceivedBody> CopyAsync(
        BodyPieces from,
        long length,
        BodyFiles files,
        int small,
        ChecksumAlgorithm algorithm,
        CancellationToken cancellation
    ) =>
        FillAsync(new ReceivedBody(files) { Algorithm = algorithm }, new PiecesSource(from), length, small, null, null, null, cancellation);

    /// <summary>Takes a body that is in memory.</summary>
    public static Task<ReceivedBody> TakeAsync(ReadOnlyMemory<byte> bytes, BodyFiles files) =>
        FillAsync(
            new ReceivedBody(files) { Algorithm = ChecksumAlgorithm.Crc64Nvme },
            new PlainSource(new MemoryStream(bytes.ToArray(), writable: false)),
            bytes.Length,
            SmallBody,
            null,
            null,
            null,
            CancellationToken.None
        );

    private static async Task<ReceivedBody> ReceiveAsync(
        S3Call call,
        ExpectedBody expected,
        BodyFiles? files,
        int small,
        ChecksumAlgorithm? wanted
    )
    {
        var body = new ReceivedBody(files)
        {
            Algorithm = expected.Algorithm ?? wanted ?? ChecksumAlgorithm.Crc64Nvme,
            HasSentChecksum = expected.Algorithm is not null,
        };
        var source = expected.Source(call);
        using var ended = source as IDisposable;
        using var sha256 = expected.Sha256 is null ? null : IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        return await FillAsync(
            body,
            source,
            expected.Length,
            small,
            sha256,
            wanted,
            () => expected.Check(call, body, sha256?.GetHashAndReset(), source),
            call.Aborted
        );
    }

    private static async Task<ReceivedBody> FillAsync(
        ReceivedBody body,
        BodySource source,
        long length,
        int small,
        IncrementalHash? sha256,
        ChecksumAlgorithm? wanted,
        Action? check,
        CancellationToken cancellation
    )
    {
        using var md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        using var checksum = body.Algorithm.Start();
        using var second = wanted is null || wanted == body.Algorithm ? null : wanted.Start();
        var piece = ArrayPool<byte>.Shared.Rent(length <= small ? (int)Math.Max(length, 1) : PieceSize);
        FileStream? file = null;
        try
        {
            if (length > small)
                file = body.CreateFile();
            var held = 0; // bytes of the piece that are not written yet
            while (true)
            {
                // One byte more than expected is asked for, so that the end of the framing is read as well.
                var room = file is null ? piece.AsMemory(held, (int)(length - body.Size)) : piece.AsMemory(held);
                var count = await source.ReadAsync(room.IsEmpty ? new byte[1] : room, cancellation);
                if (count == 0)
                    break;
                if (room.IsEmpty)
                    throw S3Errors.IncompleteBody();
                var arrived = room.Span[..count];
                md5.AppendData(arrived);
                sha256?.AppendData(arrived);
                checksum.Append(arrived);
                second?.Append(arrived);
                body.Size += count;
                held += count;
                if (file is not null && held >= piece.Length / 2)
                {
                    RandomAccess.Write(file.SafeFileHandle, piece.AsSpan(0, held), body.Size - held);
                    held = 0;
                }
            }
            if (body.Size != length)
                throw S3Errors.IncompleteBody();
            if (file is null)
                body.Small = piece.AsSpan(0, held).ToArray();
            else
                RandomAccess.Write(file.SafeFileHandle, piece.AsSpan(0, held), body.Size - held);
            body.Md5 = md5.GetHashAndReset();
            body.Checksum = checksum.Finish();
            body.Second = second?.Finish() ?? body.Checksum;
            check?.Invoke();
            if (file is not null)
                RandomAccess.FlushToDisk(file.SafeFileHandle);
            return body;
        }
        catch
        {
            body.Dispose();
            throw;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
            if (file is not null)
                await file.DisposeAsync();
        }
    }

    private sealed class PiecesSource(BodyPieces pieces) : BodySource
    {
        private long _at;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellation)
        {
            cancellation.ThrowIfCancellationRequested();
            var count = pieces.Read(_at, buffer.Span);
            _at += count;
            return ValueTask.FromResult(count);
        }
    }
}
