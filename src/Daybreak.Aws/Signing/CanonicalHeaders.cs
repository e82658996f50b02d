namespace Daybreak.Aws.Signing;

/// <summary>Writes CanonicalHeaders and SignedHeaders of a canonical request.</summary>
internal static class CanonicalHeaders
{
    /// <param name="headers">Sorted by name. Headers of equal names are adjacent and become one line, their values joined by
    /// commas.</param>
    public static void Write(ref Utf8Writer writer, scoped ReadOnlySpan<Utf8Header> headers)
    {
        for (var i = 0; i < headers.Length; i++)
        {
            if (i > 0 && SameName(headers[i], headers[i - 1]))
            {
                writer.Truncate(writer.Length - 1);
                writer.Write((byte)',');
            }
            else
            {
                writer.Write(headers[i].Name.Span);
                writer.Write((byte)':');
            }
            WriteValue(ref writer, headers[i].Value.Span);
            writer.Write((byte)'\n');
        }
    }

    /// <summary>Writes the names, each once, joined by semicolons.</summary>
    public static void WriteNames(ref Utf8Writer writer, scoped ReadOnlySpan<Utf8Header> headers)
    {
        for (var i = 0; i < headers.Length; i++)
        {
            if (i > 0 && SameName(headers[i], headers[i - 1]))
                continue;
            if (i > 0)
                writer.Write((byte)';');
            writer.Write(headers[i].Name.Span);
        }
    }

    private static void WriteValue(ref Utf8Writer writer, scoped ReadOnlySpan<byte> value)
    {
        value = value.Trim(" \t"u8);
        while (true)
        {
            var gap = value.IndexOfAny((byte)' ', (byte)'\t');
            if (gap < 0)
            {
                writer.Write(value);
                return;
            }
            writer.Write(value[..gap]);
            writer.Write((byte)' ');
            value = value[gap..].TrimStart(" \t"u8);
        }
    }

    private static bool SameName(Utf8Header left, Utf8Header right) => left.Name.Span.SequenceEqual(right.Name.Span);
}
