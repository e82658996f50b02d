using System.Text;
using System.Text.Json;

namespace Daybreak.Cloud.Lambda.Testing;

/// <summary>The beginning of a payload or result, which is all that is kept of a long one.</summary>
internal readonly record struct CutText
{
    /// <summary>Most bytes that are kept of each.</summary>
    public const int Most = 16 * 1024;

    private readonly byte[] _bytes;
    private readonly int _length;

    public CutText(ReadOnlyMemory<byte> whole) => (_bytes, _length) = (whole[..Math.Min(whole.Length, Most)].ToArray(), whole.Length);

    public bool IsCut => _length > Most;

    public bool Contains(string text) => Encoding.UTF8.GetString(_bytes).Contains(text, StringComparison.Ordinal);

    /// <summary>Whether it is JSON that has everything that <paramref name="pattern"/> has. A text that is cut has not.</summary>
    public bool Has(JsonElement pattern)
    {
        if (IsCut || _bytes is null || !JsonSubset.TryParse(_bytes, out var json))
            return false;
        return JsonSubset.Has(json, pattern);
    }

    /// <summary>Writes JSON as it is, and anything else as text; beside it the length in bytes, if it is cut.</summary>
    public void Write(Utf8JsonWriter json, string name)
    {
        if (_bytes is null || _bytes.Length == 0)
            json.WriteNull(name);
        else if (!IsCut && JsonSubset.TryParse(_bytes, out var value))
        {
            json.WritePropertyName(name);
            value.WriteTo(json);
        }
        else
            json.WriteString(name, Encoding.UTF8.GetString(_bytes));
        if (IsCut)
            json.WriteNumber($"{name}Bytes", _length);
    }
}
