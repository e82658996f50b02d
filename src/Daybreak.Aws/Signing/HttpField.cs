namespace Daybreak.Aws.Signing;

/// <summary>One header line. A header that was sent several times becomes several fields, in the order sent.</summary>
public readonly record struct HttpField(string Name, string Value)
{
    /// <summary>Header names are case-insensitive (RFC 9110, section 5.1).</summary>
    public bool Is(ReadOnlySpan<char> name) => name.Equals(Name, StringComparison.OrdinalIgnoreCase);
}
