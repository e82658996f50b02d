using System.Security.Cryptography;

namespace Daybreak.Cloud.Policy;

/// <summary>Ids in IAM's form: a prefix that shows the kind, then base 32 characters.</summary>
/// <remarks>https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html</remarks>
internal static class UniqueId
{
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private const string Base64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    /// <summary>21 characters: <c>AROA…</c>.</summary>
    public static string New(string prefix) => prefix + RandomNumberGenerator.GetString(Base32, 17);

    /// <summary>21 characters derived from at least 17 bytes.</summary>
    public static string Of(string prefix, ReadOnlySpan<byte> bytes)
    {
        Span<char> id = stackalloc char[17];
        for (var i = 0; i < id.Length; i++)
            id[i] = Base32[bytes[i] % Base32.Length];
        return string.Concat(prefix, id);
    }

    /// <summary>20 characters: <c>AKIA…</c> for long-term, <c>ASIA…</c> for temporary keys.</summary>
    public static string NewAccessKey(string prefix) => prefix + RandomNumberGenerator.GetString(Base32, 16);

    /// <summary>40 characters.</summary>
    public static string NewSecret() => RandomNumberGenerator.GetString(Base64, 40);

    /// <summary>A security token: opaque, a few hundred characters.</summary>
    public static string NewSessionToken() => "IQoJb3JpZ2luX2Vj" + RandomNumberGenerator.GetString(Base64, 320);
}
