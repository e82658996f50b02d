using System.Buffers;
using System.Text;

namespace Daybreak.Aws.Signing;

/// <summary>The fields of a request that SignedHeaders names, as UTF-8 and in the order of signing.</summary>
internal ref struct SignedHeaderList : IDisposable
{
    private readonly Utf8Header[] _headers;
    private readonly byte[] _text;
    private int _count;
    private int _used;

    /// <param name="signedHeaders">Lower-case names joined by semicolons.</param>
    public SignedHeaderList(ReadOnlySpan<HttpField> fields, ReadOnlySpan<char> signedHeaders)
    {
        var length = Encoding.UTF8.GetMaxByteCount(signedHeaders.Length);
        foreach (var field in fields)
            length += Encoding.UTF8.GetMaxByteCount(field.Value.Length);
        _text = ArrayPool<byte>.Shared.Rent(length);
        _headers = ArrayPool<Utf8Header>.Shared.Rent(Math.Max(fields.Length, 1));
        IsCanonical = TryAddAll(fields, signedHeaders);
    }

    /// <summary>
    /// Whether the names are lower-case, sorted and unique, and each of them was sent. Otherwise the signature cannot be valid.
    /// </summary>
    public bool IsCanonical { get; }

    public readonly ReadOnlySpan<Utf8Header> Sorted => _headers.AsSpan(0, _count);

    public readonly void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_text);
        // The array contains slices of the text above, which must not be used after its array has been returned.
        ArrayPool<Utf8Header>.Shared.Return(_headers, clearArray: true);
    }

    private bool TryAddAll(ReadOnlySpan<HttpField> fields, ReadOnlySpan<char> signedHeaders)
    {
        ReadOnlySpan<char> previous = default;
        foreach (var range in signedHeaders.Split(';'))
        {
            var name = signedHeaders[range];
            // Two spellings of one name would sign its fields twice.
            if (name.ContainsAnyInRange('A', 'Z') || name.SequenceCompareTo(previous) <= 0 || !TryAdd(fields, name))
                return false;
            previous = name;
        }
        return true;
    }

    private bool TryAdd(ReadOnlySpan<HttpField> fields, ReadOnlySpan<char> name)
    {
        var before = _count;
        var utf8Name = Append(name);
        foreach (var field in fields)
        {
            if (field.Is(name))
                _headers[_count++] = new Utf8Header(utf8Name, Append(field.Value));
        }
        return _count > before;
    }

    private ReadOnlyMemory<byte> Append(ReadOnlySpan<char> value)
    {
        var length = Encoding.UTF8.GetBytes(value, _text.AsSpan(_used));
        _used += length;
        return _text.AsMemory(_used - length, length);
    }
}
