namespace Daybreak.Aws.Signing;

/// <summary>The parts of a request that a signature covers, without the body.</summary>
/// <param name="Target">Path and query exactly as in the request line; decoding it beforehand would change the signature.</param>
/// <param name="Headers">All headers as sent.</param>
public readonly record struct RequestHead(string Method, string Target, ReadOnlyMemory<HttpField> Headers)
{
    public ReadOnlySpan<char> Path => Target.AsSpan(0, PathLength);

    /// <summary>The part after the question mark; empty when there is none.</summary>
    public ReadOnlySpan<char> Query => PathLength == Target.Length ? default : Target.AsSpan(PathLength + 1);

    private int PathLength
    {
        get
        {
            var mark = Target.IndexOf('?', StringComparison.Ordinal);
            return mark < 0 ? Target.Length : mark;
        }
    }

    /// <summary>Returns the value of the only header of this name; false when it was not sent, or more than once.</summary>
    public bool TryGetSingle(ReadOnlySpan<char> name, out string value) => Find(name, out value) == 1;

    /// <summary>Returns how often the header was sent, and the value of its first field (empty when it was not).</summary>
    public int Find(ReadOnlySpan<char> name, out string value)
    {
        var count = 0;
        value = "";
        foreach (var field in Headers.Span)
        {
            if (!field.Is(name))
                continue;
            if (count++ == 0)
                value = field.Value;
        }
        return count;
    }
}
