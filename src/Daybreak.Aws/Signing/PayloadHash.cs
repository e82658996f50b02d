using System.Security.Cryptography;

namespace Daybreak.Aws.Signing;

/// <summary>The last line of a canonical request, which covers the body.</summary>
public static class PayloadHash
{
    /// <summary>Length of a hash in lower-case hex.</summary>
    public const int HexLength = 64;

    /// <summary>Value of <c>x-amz-content-sha256</c> when the signature does not cover the body.</summary>
    public const string Unsigned = "UNSIGNED-PAYLOAD";

    /// <summary>Hash of an empty body.</summary>
    public static ReadOnlySpan<byte> Empty => "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"u8;

    /// <param name="hex">Receives 64 bytes.</param>
    public static void Compute(ReadOnlySpan<byte> body, Span<byte> hex)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        Sha256.Hash(body, hash);
        Convert.TryToHexStringLower(hash, hex, out _);
    }
}
