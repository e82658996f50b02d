using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Daybreak.Cloud.Ec2.Networks;

/// <summary>Ids of resources: a prefix and 17 hexadecimal digits.</summary>
internal static class Ec2Id
{
    private const int Digits = 17;

    private static readonly SearchValues<char> Hexadecimal = SearchValues.Create("0123456789abcdef");

    public static string New(string prefix) => $"{prefix}-0{RandomNumberGenerator.GetHexString(Digits - 1, lowercase: true)}";

    /// <summary>An id that follows from the given texts, for resources that exist without being created.</summary>
    public static string Of(string prefix, params ReadOnlySpan<string> of) =>
        $"{prefix}-0{Hash($"{prefix}/{string.Join('/', of)}")[..(Digits - 1)]}";

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>Whether there are 8 (in old ids) or 17 hexadecimal digits after the prefix.</summary>
    public static bool IsWellFormed(string id, string prefix) =>
        id.Length > prefix.Length
        && id.StartsWith(prefix, StringComparison.Ordinal)
        && id[prefix.Length] == '-'
        && id.AsSpan(prefix.Length + 1) is { Length: 8 or Digits } digits
        && !digits.ContainsAnyExcept(Hexadecimal);
}
