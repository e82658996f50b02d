using System.IO.Pipelines;
using System.Security.Cryptography;
using Daybreak.Aws;

namespace Daybreak.Cloud.Forwarding.Bodies;

/// <summary>
/// A body as it arrives. If its hash is signed, the last byte is kept back until the hash is found right, so that the service never gets
/// the whole of a body that the caller has not signed.
/// </summary>
/// <param name="hash">SHA-256 in hex; null: it is not signed.</param>
internal sealed class PlainBody(PipeReader body, long? length, string? hash) : ForwardedBody(length)
{
    protected override async Task CopyAsync(Stream to, CancellationToken cancellation)
    {
        using var actual = hash is null ? null : IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var last = new byte[1];
        var hasLast = false;
        while (true)
        {
            var read = await body.ReadAsync(cancellation);
            foreach (var piece in read.Buffer)
            {
                if (piece.IsEmpty)
                    continue;
                Progress();
                if (actual is null)
                {
                    await to.WriteAsync(piece, cancellation);
                    continue;
                }
                actual.AppendData(piece.Span);
                if (hasLast)
                    await to.WriteAsync(last, cancellation);
                await to.WriteAsync(piece[..^1], cancellation);
                (last[0], hasLast) = (piece.Span[^1], true);
            }
            body.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
                break;
            await to.FlushAsync(cancellation);
        }
        if (actual is not null && !Convert.ToHexStringLower(actual.GetHashAndReset()).Equals(hash, StringComparison.Ordinal))
            throw AwsException.Sender(
                "XAmzContentSHA256Mismatch",
                "The provided 'x-amz-content-sha256' header does not match what was computed."
            );
        if (hasLast)
            await to.WriteAsync(last, cancellation);
    }
}
