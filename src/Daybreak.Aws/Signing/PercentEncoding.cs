using System.Buffers;

namespace Daybreak.Aws.Signing;

/// <summary>Percent-encoding for Signature Version 4 (RFC 3986, section 2).</summary>
internal static class PercentEncoding
{
    public static readonly SearchValues<byte> Unreserved = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"u8
    );

    public static ReadOnlySpan<byte> HexDigits => "0123456789ABCDEF"u8;

    /// <summary>
    /// Decodes the escape at the start of <paramref name="text"/> and returns its length. A percent sign that starts no escape is an
    /// ordinary character, as for botocore and AWS's C library.
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
