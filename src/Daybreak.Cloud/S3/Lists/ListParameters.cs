using System.Text;
using Daybreak.Cloud.S3.Protocol;

namespace Daybreak.Cloud.S3.Lists;

/// <summary>What lists are asked for.</summary>
internal sealed record ListParameters(string Prefix, string Delimiter, int Most, bool IsEncoded)
{
    public const int Limit = 1000;

    public byte[] PrefixBytes { get; } = Encoding.UTF8.GetBytes(Prefix);

    public byte[] DelimiterBytes { get; } = Encoding.UTF8.GetBytes(Delimiter);

    public static ListParameters Of(S3Call call, string mostName = "max-keys")
    {
        var encoding = call.Query("encoding-type");
        if (encoding is not (null or "url"))
            throw S3Errors.InvalidArgument("Invalid Encoding Method specified in Request", "encoding-type", encoding);
        return new ListParameters(call.Query("prefix") ?? "", call.Query("delimiter") ?? "", MostOf(call, mostName), encoding is not null);
    }

    public static int MostOf(S3Call call, string name)
    {
        if (call.Query(name) is not { } text || text.Length == 0)
            return Limit;
        return int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var most)
            ? Math.Min(most, Limit)
            : throw S3Errors.InvalidArgument($"Argument {name} must be an integer between 0 and 2147483647", name, text);
    }

    /// <summary>A key as the answer shows it.</summary>
    public string Shown(string key) => IsEncoded ? Uri.EscapeDataString(key).Replace("%2F", "/", StringComparison.Ordinal) : key;
}
