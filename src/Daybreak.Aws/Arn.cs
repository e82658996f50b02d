using System.Diagnostics.CodeAnalysis;

namespace Daybreak.Aws;

/// <summary>
/// An Amazon Resource Name: <c>arn:partition:service:region:account-id:resource</c>. Region and account id are empty where a
/// service has none; the resource may itself contain colons and slashes.
/// <see href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html"/>
/// </summary>
public readonly record struct Arn(string Partition, string Service, string Region, string AccountId, string Resource)
    : ISpanParsable<Arn>,
        IUtf8SpanFormattable
{
    private const string Prefix = "arn:";

    /// <summary>
    /// Requires six parts, of which partition, service and resource are not empty. The parts are not compared with AWS's lists.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Arn arn)
    {
        arn = default;
        if (!text.StartsWith(Prefix, StringComparison.Ordinal))
            return false;
        Span<Range> parts = stackalloc Range[6];
        // The sixth range contains the rest of the text, including further colons.
        if (text.Split(parts, ':') != 6)
            return false;
        if (text[parts[1]].IsEmpty || text[parts[2]].IsEmpty || text[parts[5]].IsEmpty)
            return false;
        arn = new Arn(
            text[parts[1]].ToString(),
            text[parts[2]].ToString(),
            text[parts[3]].ToString(),
            text[parts[4]].ToString(),
            text[parts[5]].ToString()
        );
        return true;
    }

    public static bool TryParse([NotNullWhen(true)] string? text, out Arn arn) => TryParse(text.AsSpan(), out arn);

    /// <exception cref="FormatException">Not an ARN.</exception>
    public static Arn Parse(ReadOnlySpan<char> text) =>
        TryParse(text, out var arn) ? arn : throw new FormatException($"'{text}' is not an ARN");

    public static Arn Parse(string text) => Parse(text.AsSpan());

    public override string ToString() => $"arn:{Partition}:{Service}:{Region}:{AccountId}:{Resource}";

    /// <summary>Writes the ARN as UTF-8; false when <paramref name="destination"/> is too short.</summary>
    public bool TryFormat(Span<byte> destination, out int written) =>
        System.Text.Unicode.Utf8.TryWrite(destination, $"arn:{Partition}:{Service}:{Region}:{AccountId}:{Resource}", out written);

    static Arn IParsable<Arn>.Parse(string s, IFormatProvider? provider) => Parse(s);

    static bool IParsable<Arn>.TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Arn result) =>
        TryParse(s, out result);

    static Arn ISpanParsable<Arn>.Parse(ReadOnlySpan<char> s, IFormatProvider? provider) => Parse(s);

    static bool ISpanParsable<Arn>.TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out Arn result) => TryParse(s, out result);

    bool IUtf8SpanFormattable.TryFormat(
        Span<byte> utf8Destination,
        out int bytesWritten,
        ReadOnlySpan<char> format,
        IFormatProvider? provider
    ) => TryFormat(utf8Destination, out bytesWritten);
}
