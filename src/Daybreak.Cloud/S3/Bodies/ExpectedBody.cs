using System.Globalization;
using System.Security.Cryptography;
using Daybreak.Cloud.S3.Protocol;

namespace Daybreak.Cloud.S3.Bodies;

/// <summary>What the headers of a request say about its body.</summary>
internal sealed class ExpectedBody
{
    private const string HashHeader = "x-amz-content-sha256";
    private const string Streaming = "STREAMING-";
    private const string UnsignedTrailer = "STREAMING-UNSIGNED-PAYLOAD-TRAILER";
    private const string Signed = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD";
    private const string SignedTrailer = Signed + "-TRAILER";

    private string? _framing;
    private byte[]? _md5;
    private string? _value;
    private string? _trailer;

    /// <summary>Of the content.</summary>
    public long Length { get; private set; }

    /// <summary>In lower-case hex; null: the signature does not cover the body.</summary>
    public string? Sha256 { get; private set; }

    /// <summary>Of the checksum that the sender sends; null: it sends none.</summary>
    public ChecksumAlgorithm? Algorithm { get; private set; }

    /// <param name="needsLength">Whether a request without a length is refused, rather than taken for one without a body.</param>
    public static ExpectedBody Of(S3Call call, bool needsLength = true)
    {
        var expected = new ExpectedBody();
        expected.ReadHash(call);
        expected.ReadLength(call, needsLength);
        expected.ReadMd5(call);
        expected.ReadChecksum(call);
        return expected;
    }

    public BodySource Source(S3Call call) =>
        _framing is null
            ? new PlainSource(call.Http.Request.Body)
            : new ChunkedSource(
                call.Http.Request.BodyReader,
                Length,
                _framing == UnsignedTrailer ? null : call.Identity.ChunkSignatures(),
                _trailer
            );

    /// <summary>Refuses a body that is not what its sender said.</summary>
    public void Check(S3Call call, ReceivedBody body, byte[]? sha256, BodySource source)
    {
        if (Sha256 is not null && !Convert.ToHexStringLower(sha256!).Equals(Sha256, StringComparison.Ordinal))
            throw S3Errors.ContentSha256Mismatch(Sha256, Convert.ToHexStringLower(sha256!));
        if (_md5 is not null && !CryptographicOperations.FixedTimeEquals(_md5, body.Md5))
            throw S3Errors.BadMd5(body.Md5, call.Has("uploadId") ? Convert.ToBase64String(_md5) : Convert.ToHexStringLower(_md5));
        if (Algorithm is null)
            return;
        var value = _value ?? source.Trailer[Algorithm.Header];
        if (!Algorithm.IsValue(value))
            throw _value is null ? S3Errors.InvalidTrailerValue(Algorithm.Header) : S3Errors.InvalidChecksumValue(Algorithm.Header);
        if (!body.ChecksumText.Equals(value, StringComparison.Ordinal))
            throw S3Errors.BadChecksum(Algorithm.Name);
    }

    private void ReadHash(S3Call call)
    {
        var declared = call.Header(HashHeader);
        if (declared is null || declared == "UNSIGNED-PAYLOAD")
            return;
        if (!declared.StartsWith(Streaming, StringComparison.Ordinal))
        {
            if (declared.Length != 64 || !declared.All(char.IsAsciiHexDigitLower))
                throw S3Errors.InvalidContentSha256();
            // A presigned URL without the hash among what it signs takes any body; the hash is checked all the same.
            Sha256 = declared;
            return;
        }
        if (declared is not (UnsignedTrailer or Signed or SignedTrailer))
            throw S3Errors.NotImplementedHeader(HashHeader);
        _framing = declared;
    }

    private void ReadLength(S3Call call, bool needsLength)
    {
        if (_framing is null)
        {
            Length =
                call.Http.Request.ContentLength
                ?? (needsLength || call.Request.Headers.TransferEncoding.Count > 0 ? throw S3Errors.MissingContentLength() : 0);
            return;
        }
        if (!long.TryParse(call.Header("x-amz-decoded-content-length"), NumberStyles.None, CultureInfo.InvariantCulture, out var length))
            throw S3Errors.MissingContentLength();
        Length = length;
    }

    private void ReadMd5(S3Call call)
    {
        if (!call.Request.Headers.TryGetValue("Content-MD5", out var sent))
            return;
        var bytes = new byte[18];
        if (sent is not [{ Length: 24 } text] || !Convert.TryFromBase64String(text, bytes, out var length) || length != 16)
            throw S3Errors.InvalidDigest(sent.ToString());
        _md5 = bytes[..16];
    }

    private void ReadChecksum(S3Call call)
    {
        foreach (var name in call.Request.Headers.Keys)
        {
            if (!name.StartsWith("x-amz-checksum-", StringComparison.OrdinalIgnoreCase) || IsOther(name))
                continue;
            if (Algorithm is not null)
                throw S3Errors.SeveralChecksums();
            Algorithm = ChecksumAlgorithm.OfHeader(name) ?? throw S3Errors.UnknownChecksum();
            _value = call.Request.Headers[name].ToString();
            if (!Algorithm.IsValue(_value))
                throw S3Errors.InvalidChecksumValue(Algorithm.Header);
        }
        if (_framing is UnsignedTrailer or SignedTrailer)
        {
            _trailer = call.Header("x-amz-trailer")?.Trim().ToLowerInvariant();
            if (_trailer is not null)
            {
                var trailing = ChecksumAlgorithm.OfHeader(_trailer) ?? throw S3Errors.UnknownTrailer();
                if (Algorithm is not null)
                    throw S3Errors.SeveralChecksums();
                Algorithm = trailing;
            }
        }
        if (call.Header("x-amz-sdk-checksum-algorithm") is { } announced)
        {
            var algorithm = ChecksumAlgorithm.Find(announced) ?? throw S3Errors.UnknownChecksum();
            if (Algorithm is null)
                throw S3Errors.ChecksumWithoutValue();
            if (Algorithm != algorithm)
                throw S3Errors.InvalidChecksumValue("x-amz-sdk-checksum-algorithm");
        }
    }

    private static bool IsOther(string name) =>
        name.Equals("x-amz-checksum-mode", StringComparison.OrdinalIgnoreCase)
        || name.Equals("x-amz-checksum-type", StringComparison.OrdinalIgnoreCase)
        || name.Equals("x-amz-checksum-algorithm", StringComparison.OrdinalIgnoreCase);
}
