using System.Buffers.Binary;
using System.Text;

namespace Daybreak.Cloud.Lambda.Runtime.Names;

/// <summary>The part of RFC 1035 that is needed to answer that a name does not exist.</summary>
internal static class DnsMessage
{
    public const int NoSuchName = 3,
        ServerFailure = 2;

    private const int HeadSize = 12,
        MaxName = 255;

    /// <summary>
    /// The name that a query asks for, without its final dot and with a question mark for each character that names do not have; null
    /// when the message is no query for one name.
    /// </summary>
    public static string? NameIn(ReadOnlySpan<byte> query)
    {
        var end = EndOfName(query);
        if (end < 0)
            return null;
        var name = new StringBuilder();
        for (var at = HeadSize; query[at] != 0; at += 1 + query[at])
            name.Append(name.Length == 0 ? "" : ".").Append(Encoding.Latin1.GetString(query.Slice(at + 1, query[at])));
        for (var index = 0; index < name.Length; index++)
        {
            if (name[index] is <= ' ' or > '~')
                name[index] = '?';
        }

        return name.ToString();
    }

    /// <summary>A response without records to a query that <see cref="NameIn"/> has accepted.</summary>
    public static byte[] Answer(ReadOnlySpan<byte> query, int code)
    {
        var answer = query[..(EndOfName(query) + 4)].ToArray();
        answer[2] = (byte)(0x80 | (query[2] & 0x79)); // a response, to the same kind of question
        answer[3] = (byte)(0x80 | code); // recursion is available
        answer.AsSpan(6, 6).Clear(); // no records, no options
        return answer;
    }

    // Index after the name of the only question.
    private static int EndOfName(ReadOnlySpan<byte> query)
    {
        if (query.Length < HeadSize || (query[2] & 0x80) != 0 || BinaryPrimitives.ReadUInt16BigEndian(query[4..]) != 1)
            return -1;
        for (var at = HeadSize; at < query.Length && at - HeadSize < MaxName; at += 1 + query[at])
        {
            if (query[at] == 0)
                return at + 5 <= query.Length ? at + 1 : -1;
            if (query[at] > 63)
                return -1;
        }

        return -1;
    }
}
