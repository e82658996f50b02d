using System.Buffers;

namespace Daybreak.Aws.Signing;

/// <summary>Writes the CanonicalQueryString of a canonical request: parameters encoded, sorted by name, then by value.</summary>
internal static class CanonicalQuery
{
    private static ReadOnlySpan<byte> SignatureParameter => "X-Amz-Signature"u8;

    /// <param name="query">The part of the request line after the question mark, encoded by the sender.</param>
    /// <param name="presigned">Whether to omit X-Amz-Signature.</param>
    public static void Write(ref Utf8Writer writer, scoped ReadOnlySpan<byte> query, bool presigned)
    {
        if (query.IsEmpty)
            return;
        var count = query.Count((byte)'&') + 1;
        var encoded = new Utf8Writer(stackalloc byte[1024]);
        var parameters = ArrayPool<Parameter>.Shared.Rent(count);
        try
        {
            var used = Encode(ref encoded, query, presigned, parameters);
            var text = ArrayPool<byte>.Shared.Rent(Math.Max(encoded.Length, 1));
            encoded.Written.CopyTo(text);
            var sorted = parameters.AsSpan(0, used);
            // Signers sort before they send, so most queries arrive in order.
            var order = new Order(text);
            if (used > 1)
                sorted.Sort(order);
            for (var i = 0; i < used; i++)
            {
                if (i > 0)
                    writer.Write((byte)'&');
                writer.Write(sorted[i].Name(text));
                writer.Write((byte)'=');
                writer.Write(sorted[i].Value(text));
            }
            ArrayPool<byte>.Shared.Return(text);
        }
        finally
        {
            ArrayPool<Parameter>.Shared.Return(parameters);
            encoded.Dispose();
        }
    }

    private static int Encode(ref Utf8Writer encoded, scoped ReadOnlySpan<byte> query, bool presigned, Parameter[] parameters)
    {
        var used = 0;
        foreach (var range in query.Split((byte)'&'))
        {
            var pair = query[range];
            if (pair.IsEmpty)
                continue;
            var equals = pair.IndexOf((byte)'=');
            var name = equals < 0 ? pair : pair[..equals];
            if (presigned && name.SequenceEqual(SignatureParameter))
                continue;
            var start = encoded.Length;
            encoded.WriteReencoded(name);
            var middle = encoded.Length;
            if (equals >= 0)
                encoded.WriteReencoded(pair[(equals + 1)..]);
            parameters[used++] = new Parameter(start, middle, encoded.Length);
        }
        return used;
    }

    /// <summary>The positions of name and value in the text of encoded parameters.</summary>
    private readonly record struct Parameter(int Start, int Middle, int End)
    {
        public ReadOnlySpan<byte> Name(byte[] text) => text.AsSpan(Start, Middle - Start);

        public ReadOnlySpan<byte> Value(byte[] text) => text.AsSpan(Middle, End - Middle);
    }

    private readonly struct Order(byte[] text) : IComparer<Parameter>
    {
        public int Compare(Parameter x, Parameter y)
        {
            var byName = x.Name(text).SequenceCompareTo(y.Name(text));
            return byName != 0 ? byName : x.Value(text).SequenceCompareTo(y.Value(text));
        }
    }
}
