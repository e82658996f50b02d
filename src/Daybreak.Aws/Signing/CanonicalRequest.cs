using System.Security.Cryptography;

namespace Daybreak.Aws.Signing;

/// <summary>
/// Writes canonical request and string to sign, for both signing and verifying.
/// <see href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html"/>
/// </summary>
internal static class CanonicalRequest
{
    public static ReadOnlySpan<byte> Algorithm => "AWS4-HMAC-SHA256"u8;

    /// <param name="presigned">Whether the query contains the signature, which is not itself signed.</param>
    /// <param name="headers">Sorted by lower-case name.</param>
    /// <param name="payloadHash">The last line: a lower-case hex SHA-256, or a word such as UNSIGNED-PAYLOAD.</param>
    public static void Write(
        ref Utf8Writer writer,
        scoped ReadOnlySpan<byte> method,
        scoped ReadOnlySpan<byte> path,
        scoped ReadOnlySpan<byte> query,
        bool presigned,
        scoped ReadOnlySpan<Utf8Header> headers,
        scoped ReadOnlySpan<byte> payloadHash,
        PathEncoding encoding
    )
    {
        writer.Write(method);
        writer.Write((byte)'\n');
        CanonicalPath.Write(ref writer, path, encoding);
        writer.Write((byte)'\n');
        CanonicalQuery.Write(ref writer, query, presigned);
        writer.Write((byte)'\n');
        CanonicalHeaders.Write(ref writer, headers);
        writer.Write((byte)'\n');
        CanonicalHeaders.WriteNames(ref writer, headers);
        writer.Write((byte)'\n');
        writer.Write(payloadHash);
    }

    /// <param name="scope"><c>20150830/us-east-1/service/aws4_request</c>.</param>
    public static void WriteStringToSign(
        ref Utf8Writer writer,
        scoped ReadOnlySpan<byte> amzDate,
        scoped ReadOnlySpan<byte> scope,
        scoped ReadOnlySpan<byte> canonicalRequest
    )
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        Sha256.Hash(canonicalRequest, hash);
        writer.Write(Algorithm);
        writer.Write((byte)'\n');
        writer.Write(amzDate);
        writer.Write((byte)'\n');
        writer.Write(scope);
        writer.Write((byte)'\n');
        writer.WriteHex(hash);
    }
}
