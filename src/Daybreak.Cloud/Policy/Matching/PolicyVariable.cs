namespace Daybreak.Cloud.Policy.Matching;

/// <summary><c>${key}</c> or <c>${key, 'default'}</c>.</summary>
internal sealed record PolicyVariable(string Key, string? Default)
{
    /// <summary>Parses the text between the braces; null when it is not a variable.</summary>
    public static PolicyVariable? Parse(ReadOnlySpan<char> text)
    {
        var comma = text.IndexOf(',');
        if (comma < 0)
        {
            var key = text.Trim();
            return key.IsEmpty ? null : new PolicyVariable(key.ToString(), null);
        }
        var fallback = text[(comma + 1)..].Trim();
        if (fallback.Length < 2 || fallback[0] != '\'' || fallback[^1] != '\'')
            return null;
        var name = text[..comma].Trim();
        return name.IsEmpty ? null : new PolicyVariable(name.ToString(), fallback[1..^1].ToString());
    }

    /// <summary>Returns the value to insert; null when the request has none, or several.</summary>
    public string? Resolve(RequestContext request) => request.TryGetKey(Key, out var values) && values.Count == 1 ? values[0] : Default;
}
