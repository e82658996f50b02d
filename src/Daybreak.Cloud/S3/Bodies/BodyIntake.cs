using System.Buffers;
using System.Security.Cryptography;
using Daybreak.Cloud.S3.Protocol;
using Daybreak.Cloud.S3.Storage;

namespace Daybreak.Cloud.S3.Bodies;

/// <summary>
/// Receives the body of a request piece by piece, and finds out while it arrives whether it is what its sender said: its length, its hash,
/// its checksum and its signatures.
/// </summary>
internal static class BodyIntake
{
    /// <summary>Bodies up to here are kept in the database beside their rows, which saves a file and its flush each.</summary>
    public const int SmallBody = 32 * 1024;

    /// <summary>5 GiB: the most for one request.</summary>
    public const long LargestBody = 5L * 1024 * 1024 * 1024;

    private const int PieceSize = 256 * 1024;

    /// <summary>Receives the body of an object or a part.</summary>
    /// <param name="wanted">The checksum to compute when the sender sends none.</param>
    public static async Task<ReceivedBody> ReceiveAsync(S3Call call, BodyFiles files, ChecksumAlgorithm? wanted = null)
    {
        var expected = ExpectedBody.Of(call);
        if (expected.Length > LargestBody)
            throw S3Errors.EntityTooLarge(expected.Length, LargestBody);
        var body = new ReceivedBody(files);
        try
        {
            await ReceiveAsync(call, expected, body, files, SmallBody, wanted);
            return body;
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    /// <summary>Receives a document.</summary>
    /// <param name="limit">In bytes; a longer one is no document of S3's.</param>
    public static async Task<ReceivedBody> ReceiveDocumentAsync(S3Call call, int limit)
    {
        var expected = ExpectedBody.Of(call, needsLength: false);
        if (expected.Length > limit)
            throw S3Errors.MalformedXml();
        var body = new ReceivedBody(null);
        await ReceiveAsync(call, expected, body, null, limit, null);
        return body;
    }

    private static async Task ReceiveAsync(
        S3Call call,
        ExpectedBody expected,
        ReceivedBody body,
        BodyFiles? files,
        int small,
        ChecksumAlgorithm? wanted
    )
    {
        body.Algorithm = expected.Algorithm ?? wanted ?? ChecksumAlgorithm.Crc64Nvme;
        body.HasSentChecksum = expected.Algorithm is not null;
        using var md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        using var sha256 = expected.Sha256 is null ? null : IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var checksum = body.Algorithm.Start();
        var source = expected.Source(call);
        var piece = ArrayPool<byte>.Shared.Rent(expected.Length <= small ? (int)Math.Max(expected.Length, 1) : PieceSize);
        FileStream? file = null;
        try
        {
            if (expected.Length > small)
            {
                body.File = BodyFiles.NewName();
                file = files!.Create(body.File);
            }
            var held = 0; // bytes of the piece that are not written yet
            while (true)
            {
                // One byte more than expected is asked for, so that the end of the framing is read as well.
                var room = file is null ? piece.AsMemory(held, (int)(expected.Length - body.Size)) : piece.AsMemory(held);
                var count = room.IsEmpty ? await source.ReadAsync(new byte[1], call.Aborted) : await source.ReadAsync(room, call.Aborted);
                if (count == 0)
                    break;
                if (room.IsEmpty)
                    throw S3Errors.IncompleteBody();
                var arrived = room.Span[..count];
                md5.AppendData(arrived);
                sha256?.AppendData(arrived);
                checksum.Append(arrived);
                body.Size += count;
                held += count;
                if (file is not null && held >= piece.Length / 2)
                {
                    RandomAccess.Write(file.SafeFileHandle, piece.AsSpan(0, held), body.Size - held);
                    held = 0;
                }
            }
            if (body.Size != expected.Length)
                throw S3Errors.IncompleteBody();
            if (file is null)
                body.Small = piece.AsSpan(0, held).ToArray();
            else
                RandomAccess.Write(file.SafeFileHandle, piece.AsSpan(0, held), body.Size - held);
            body.Md5 = md5.GetHashAndReset();
            body.Checksum = checksum.Finish();
            expected.Check(call, body, sha256?.GetHashAndReset(), source);
            if (file is not null)
                RandomAccess.FlushToDisk(file.SafeFileHandle);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
            if (file is not null)
                await file.DisposeAsync();
            (source as IDisposable)?.Dispose();
        }
    }
}
