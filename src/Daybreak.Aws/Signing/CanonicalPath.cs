namespace Daybreak.Aws.Signing;

/// <summary>Writes the CanonicalURI of a canonical request.</summary>
internal static class CanonicalPath
{
    /// <param name="path">The path exactly as in the request line, encoded by the sender.</param>
    public static void Write(ref Utf8Writer writer, scoped ReadOnlySpan<byte> path, PathEncoding encoding)
    {
        var start = writer.Length;
        if (encoding == PathEncoding.Normalized)
            WriteNormalized(ref writer, path);
        else
            WriteSegments(ref writer, path, encoding);
        if (writer.Length == start)
            writer.Write((byte)'/');
    }

    private static void WriteSegments(ref Utf8Writer writer, scoped ReadOnlySpan<byte> path, PathEncoding encoding)
    {
        var first = true;
        foreach (var range in path.Split((byte)'/'))
        {
            if (!first)
                writer.Write((byte)'/');
            first = false;
            if (encoding == PathEncoding.Single)
                writer.WriteReencoded(path[range]);
            else
                writer.WriteEncoded(path[range]);
        }
    }

    private static void WriteNormalized(ref Utf8Writer writer, scoped ReadOnlySpan<byte> path)
    {
        var start = writer.Length;
        foreach (var range in path.Split((byte)'/'))
        {
            var segment = path[range];
            if (segment.IsEmpty || segment.SequenceEqual("."u8))
                continue;
            if (segment.SequenceEqual(".."u8))
            {
                // Encoded segments contain no slash, so the previous segment begins at the last one.
                var previous = writer.Written[start..].LastIndexOf((byte)'/');
                writer.Truncate(start + Math.Max(previous, 0));
                continue;
            }
            writer.Write((byte)'/');
            writer.WriteEncoded(segment);
        }
        if (path.EndsWith((byte)'/') && writer.Length > start)
            writer.Write((byte)'/');
    }
}
