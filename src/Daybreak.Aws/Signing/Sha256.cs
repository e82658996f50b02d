using System.Security.Cryptography;

namespace Daybreak.Aws.Signing;

/// <summary>SHA-256 with a context per thread, because making one costs as much as hashing a small body.</summary>
internal static class Sha256
{
    [ThreadStatic]
    private static IncrementalHash? Kept;

    /// <param name="hash">Receives 32 bytes.</param>
    public static void Hash(ReadOnlySpan<byte> data, Span<byte> hash)
    {
        var context = Kept ??= IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        context.AppendData(data);
        context.GetHashAndReset(hash);
    }
}
