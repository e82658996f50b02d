using System.Buffers;

namespace Daybreak.Aws.Signing;

/// <summary>Percent-encoding as Signature Version 4 wants it (RFC 3986, section 2).</summary>
internal static class PercentEncoding
{
    public static readonly SearchValues<byte> Unreserved = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"u8
    );

    public static ReadOnlySpan<byte> HexDigits => "0123456789ABCDEF"u8;

    /// <summary>
    /// Decodes the escape that <paramref name="text"/> starts with and returns its length. A percent sign that starts no escape
    /// stands for itself, as botocore and AWS's C library treat it.
    /// </summary>
    public static int DecodeEscape(ReadOnlySpan<byte> text, out byte decoded)
    {
        if (text.Length >= 3 && char.IsAsciiHexDigit((char)text[1]) && char.IsAsciiHexDigit((char)text[2]))
        {
            decoded = (byte)((Nibble(text[1]) << 4) | Nibble(text[2]));
            return 3;
        }
        decoded = (byte)'%';
        return 1;
    }

    private static int Nibble(byte digit) => digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;
}
