using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Daybreak.Aws;
using Daybreak.Aws.Signing;

namespace Daybreak.Cloud.Forwarding.Bodies;

/// <summary>
/// A body of <c>aws-chunked</c> pieces, each of which is signed: the signatures are checked, and the content is sent on without them, since
/// the next signature is by another key.
/// </summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html</remarks>
/// <param name="length">The length of the content.</param>
/// <param name="hasTrailer">Whether signed header fields follow the last chunk.</param>
/// <param name="secret">The secret of the key that signed the request.</param>
internal sealed class SignedChunks(PipeReader body, long length, bool hasTrailer, SigV4Authorization authorization, string secret)
    : ForwardedBody(length)
{
    private const int LongestLine = 16 * 1024;
    private const string EmptyHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private readonly SigningKey _key = SigningKey.Derive(
        secret,
        authorization.Credential.Date,
        authorization.Credential.Region,
        authorization.Credential.Service
    );

    private string _previous = authorization.Signature.ToString();

    protected override async Task CopyAsync(Stream to, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var rest = length;
        while (true)
        {
            // 1. SIZE;chunk-signature=SIGNATURE
            var head = (await LineAsync(cancellation)).Split(";chunk-signature=");
            if (
                head is not [var digits, var signature]
                || !long.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var size)
                || size < 0
                || size > rest
            )
                throw Malformed();
            rest -= size;

            // 2. The content. Its last byte waits for the signature.
            await ContentAsync(to, size, hash, signature, cancellation);
            if (size == 0)
                break;
            if (await LineAsync(cancellation) is not "")
                throw Malformed();
        }
        if (rest != 0)
            throw AwsException.Sender(
                "IncompleteBody",
                "You did not provide the number of bytes specified by the Content-Length HTTP header"
            );
        await TrailerAsync(cancellation);
    }

    private async Task ContentAsync(Stream to, long size, IncrementalHash hash, string signature, CancellationToken cancellation)
    {
        var last = new byte[1];
        while (size > 0)
        {
            var read = await body.ReadAsync(cancellation);
            if (read.Buffer.IsEmpty && read.IsCompleted)
                throw Malformed();
            var now = read.Buffer.Slice(0, Math.Min(size, read.Buffer.Length));
            size -= now.Length;
            foreach (var piece in now)
                hash.AppendData(piece.Span);
            if (size == 0)
            {
                last[0] = now.Slice(now.Length - 1).FirstSpan[0];
                foreach (var piece in now.Slice(0, now.Length - 1))
                    await to.WriteAsync(piece, cancellation);
            }
            else
            {
                foreach (var piece in now)
                    await to.WriteAsync(piece, cancellation);
            }
            body.AdvanceTo(now.End);
            Progress();
            if (size == 0)
            {
                Check("AWS4-HMAC-SHA256-PAYLOAD", $"{EmptyHash}\n{Convert.ToHexStringLower(hash.GetHashAndReset())}", signature);
                await to.WriteAsync(last, cancellation);
                return;
            }
        }
        Check("AWS4-HMAC-SHA256-PAYLOAD", $"{EmptyHash}\n{Convert.ToHexStringLower(hash.GetHashAndReset())}", signature);
    }

    private async Task TrailerAsync(CancellationToken cancellation)
    {
        var fields = new StringBuilder();
        string? signature = null;
        while (await LineAsync(cancellation) is { Length: > 0 } line)
        {
            const string Signature = "x-amz-trailer-signature:";
            if (line.StartsWith(Signature, StringComparison.OrdinalIgnoreCase))
                signature = line[Signature.Length..].Trim();
            else if (fields.Append(line).Append('\n').Length > LongestLine)
                throw Malformed();
        }
        if (hasTrailer)
            Check(
                "AWS4-HMAC-SHA256-TRAILER",
                Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(fields.ToString()))),
                signature ?? ""
            );
        else if (fields.Length > 0)
            throw Malformed();
    }

    private void Check(string algorithm, string what, string signature)
    {
        var scope = authorization.Credential;
        var text =
            $"{algorithm}\n{AmzDate.Format(authorization.Signed)}\n{scope.Date}/{scope.Region}/{scope.Service}/{scope.Terminator}\n"
            + $"{_previous}\n{what}";
        Span<byte> right = stackalloc byte[SigningKey.Length];
        _key.Sign(Encoding.UTF8.GetBytes(text), right);
        _previous = Convert.ToHexStringLower(right);
        if (!CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(_previous), Encoding.ASCII.GetBytes(signature)))
            throw AwsException.Sender(
                "SignatureDoesNotMatch",
                "The request signature we calculated does not match the signature you provided. Check your key and signing method.",
                HttpStatusCode.Forbidden
            );
    }

    /// <summary>The next line, without its end; the empty one at the end of the body.</summary>
    private async Task<string> LineAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var read = await body.ReadAsync(cancellation);
            if (read.Buffer.PositionOf((byte)'\n') is { } end)
            {
                var line = Encoding.ASCII.GetString(read.Buffer.Slice(0, end)).TrimEnd('\r');
                body.AdvanceTo(read.Buffer.GetPosition(1, end));
                return line;
            }
            if (read.Buffer.Length > LongestLine)
                throw Malformed();
            body.AdvanceTo(read.IsCompleted ? read.Buffer.End : read.Buffer.Start, read.Buffer.End);
            if (read.IsCompleted)
                return read.Buffer.IsEmpty ? "" : throw Malformed();
        }
    }

    private static AwsException Malformed() =>
        AwsException.Sender("InvalidChunk", "The chunks of the body are not what aws-chunked says they are.");
}
