using System.Text;
using Daybreak.Cloud.S3.Storage;

namespace Daybreak.Cloud.S3.Lists;

/// <summary>
/// A page of a bucket's present keys in the order of their UTF-8 bytes. It goes along an index and jumps over keys that have a common
/// prefix, so that it costs what it shows, however many keys there are.
/// </summary>
/// <param name="Items">Objects, and common prefixes, in order.</param>
/// <param name="IsTruncated">Whether there are more.</param>
internal sealed record KeyPage(IReadOnlyList<KeyItem> Items, bool IsTruncated);

/// <param name="Object">Null: a common prefix.</param>
internal sealed record KeyItem(byte[] Key, ObjectVersion? Object)
{
    public string Text => Encoding.UTF8.GetString(Key);
}

internal static class KeyWalk
{
    private const int Ahead = 256;

    /// <param name="after">Only keys after this one; empty: all.</param>
    public static KeyPage Page(S3Rows rows, long bucket, byte[] prefix, byte[] delimiter, byte[] after, int most)
    {
        var items = new List<KeyItem>();
        var from = Start(prefix, delimiter, after);
        while (true)
        {
            byte[]? jump = null;
            var count = 0;
            var wanted = delimiter.Length == 0 ? most - items.Count + 1 : Ahead;
            foreach (var found in rows.Present(bucket, from, wanted))
            {
                count++;
                if (!found.Key.AsSpan().StartsWith(prefix))
                    return new KeyPage(items, false);
                if (items.Count == most)
                    return new KeyPage(items, true);
                if (CommonPrefix(found.Key, prefix, delimiter) is { } common)
                {
                    items.Add(new KeyItem(common, null));
                    jump = After(common);
                    break;
                }
                items.Add(new KeyItem(found.Key, found));
                from = [.. found.Key, 0];
            }
            if (jump is not null)
                from = jump;
            else if (count < wanted)
                return new KeyPage(items, false);
        }
    }

    /// <summary>The part of a key up to the first delimiter after the prefix; null: there is none.</summary>
    public static byte[]? CommonPrefix(byte[] key, byte[] prefix, byte[] delimiter)
    {
        if (delimiter.Length == 0)
            return null;
        var at = key.AsSpan(prefix.Length).IndexOf(delimiter);
        return at < 0 ? null : key[..(prefix.Length + at + delimiter.Length)];
    }

    /// <summary>The first key of a page.</summary>
    public static byte[] Start(byte[] prefix, byte[] delimiter, byte[] after)
    {
        if (after.Length == 0)
            return prefix;
        // A marker that is a common prefix leaves out all keys below it.
        var next =
            after.AsSpan().StartsWith(prefix) && CommonPrefix(after, prefix, delimiter) is { } common && common.Length == after.Length
                ? After(common)
                : [.. after, 0];
        return next.AsSpan().SequenceCompareTo(prefix) > 0 ? next : prefix;
    }

    /// <summary>The first of all keys that come after those with a prefix. No byte of UTF-8 is the greatest one.</summary>
    public static byte[] After(byte[] prefix) => [.. prefix[..^1], (byte)(prefix[^1] + 1)];
}
