using System.Security.Cryptography;

namespace Daybreak.Cloud.S3.Storage;

/// <summary>Ids of versions: 32 characters, random but for an end by which one that was never given out is told.</summary>
internal static class VersionId
{
    /// <summary>The id of what was put while versioning was not enabled.</summary>
    public const string Null = "null";

    private const int Random = 18;

    public static string New()
    {
        Span<byte> bytes = stackalloc byte[24];
        RandomNumberGenerator.Fill(bytes[..Random]);
        Seal(bytes);
        return Convert.ToBase64String(bytes).Replace('+', '.').Replace('/', '_');
    }

    /// <summary>Whether it may be the id of a version.</summary>
    public static bool IsOne(string text)
    {
        if (text == Null)
            return true;
        Span<byte> bytes = stackalloc byte[24];
        if (
            text.Length != 32
            || !Convert.TryFromBase64String(text.Replace('.', '+').Replace('_', '/'), bytes, out var length)
            || length != 24
        )
            return false;
        Span<byte> end = stackalloc byte[24 - Random];
        bytes[Random..].CopyTo(end);
        Seal(bytes);
        return end.SequenceEqual(bytes[Random..]);
    }

    private static void Seal(Span<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes[..Random], hash);
        hash[..(24 - Random)].CopyTo(bytes[Random..]);
    }
}
