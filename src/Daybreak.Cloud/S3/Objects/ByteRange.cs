using System.Globalization;

namespace Daybreak.Cloud.S3.Objects;

/// <summary>The bytes of an object that a request asks for.</summary>
/// <param name="First">The first one, from 0.</param>
internal readonly record struct ByteRange(long First, long Length)
{
    /// <summary>Null: the whole object, since S3 ignores several ranges and those that are none.</summary>
    /// <exception cref="Aws.AwsException">No byte of the object is in it.</exception>
    public static ByteRange? Of(string? header, long size)
    {
        const string Unit = "bytes=";
        if (header is null || !header.StartsWith(Unit, StringComparison.OrdinalIgnoreCase))
            return null;
        var parts = header[Unit.Length..].Trim().Split('-');
        if (parts.Length != 2)
            return null;
        if (parts[0].Length == 0)
        {
            if (!TryNumber(parts[1], out var last))
                return null;
            if (last == 0 || size == 0)
                throw S3Errors.InvalidRange(header, size);
            var length = Math.Min(last, size);
            return new ByteRange(size - length, length);
        }
        if (!TryNumber(parts[0], out var from))
            return null;
        var to = long.MaxValue;
        if (parts[1].Length > 0 && !TryNumber(parts[1], out to))
            return null;
        if (to < from)
            return null;
        if (from >= size)
            throw S3Errors.InvalidRange(header, size);
        return new ByteRange(from, Math.Min(to, size - 1) - from + 1);
    }

    private static bool TryNumber(string text, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
