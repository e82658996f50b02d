using System.Globalization;
using System.Text;

namespace Daybreak.Cloud.S3.Objects;

/// <summary>Texts of user metadata that are not of ASCII alone: in headers they are encoded words (RFC 2047).</summary>
internal static class EncodedText
{
    private const string Start = "=?UTF-8?";
    private const string End = "?=";

    public static string Decode(string value)
    {
        if (
            !value.StartsWith(Start, StringComparison.OrdinalIgnoreCase)
            || !value.EndsWith(End, StringComparison.Ordinal)
            || value.Length < Start.Length + 4
            || value[Start.Length + 1] != '?'
        )
            return value;
        var text = value[(Start.Length + 2)..^End.Length];
        if (text.Contains('?', StringComparison.Ordinal))
            return value;
        try
        {
            return char.ToUpperInvariant(value[Start.Length]) switch
            {
                'B' => Encoding.UTF8.GetString(Convert.FromBase64String(text)),
                'Q' => Encoding.UTF8.GetString(Unquoted(text)),
                _ => value,
            };
        }
        catch (FormatException)
        {
            return value;
        }
    }

    public static string Encode(string value)
    {
        if (!value.AsSpan().ContainsAnyExceptInRange(' ', '~'))
            return value;
        var encoded = new StringBuilder(Start).Append("Q?");
        foreach (var one in Encoding.UTF8.GetBytes(value))
        {
            if (char.IsAsciiLetterOrDigit((char)one))
                encoded.Append((char)one);
            else if (one == ' ')
                encoded.Append('_');
            else
                encoded.Append('=').Append(one.ToString("X2", CultureInfo.InvariantCulture));
        }
        return encoded.Append(End).ToString();
    }

    private static byte[] Unquoted(string text)
    {
        var bytes = new List<byte>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '_')
                bytes.Add((byte)' ');
            else if (
                text[i] == '='
                && i + 2 < text.Length
                && byte.TryParse(text.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var one)
            )
            {
                bytes.Add(one);
                i += 2;
            }
            else if (text[i] < 0x80)
                bytes.Add((byte)text[i]);
            else
                throw new FormatException();
        }
        return [.. bytes];
    }
}
