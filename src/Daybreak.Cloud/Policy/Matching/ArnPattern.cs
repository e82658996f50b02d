namespace Daybreak.Cloud.Policy.Matching;

/// <summary>
/// A pattern for ARNs, compared part by part: a wildcard never matches across a colon into the next of the six parts. A pattern with fewer
/// parts is completed with <c>*</c>.
/// </summary>
internal sealed class ArnPattern
{
    // One pattern for a text without colons (in practice "*"), otherwise six.
    private readonly Pattern[] _parts;

    public ArnPattern(string text, bool variables)
    {
        var texts = Split(text, variables);
        if (texts.Count > 1)
            while (texts.Count < ArnParts.Count)
                texts.Add("*");
        _parts = [.. texts.Select(part => Pattern.Compile(part, wildcards: true, variables))];
    }

    public IEnumerable<string> ContextKeys => _parts.SelectMany(static part => part.ContextKeys);

    public bool Matches(ReadOnlySpan<char> text, ArnParts textParts, RequestContext request)
    {
        if (_parts.Length == 1)
            return _parts[0].Matches(text, request);
        if (!textParts.IsArn)
            return false;
        // From the back: the last part distinguishes resources of one account and service.
        for (var i = ArnParts.Count - 1; i >= 0; i--)
            if (!_parts[i].Matches(textParts.Part(text, i), request))
                return false;
        return true;
    }

    private static List<string> Split(string text, bool variables)
    {
        var parts = new List<string>(ArnParts.Count);
        var start = 0;
        for (var i = 0; i < text.Length && parts.Count < ArnParts.Count - 1; i++)
        {
            // The colon in ${aws:username} belongs to the variable.
            if (variables && text[i] == '$' && i + 1 < text.Length && text[i + 1] == '{')
            {
                var end = text.IndexOf('}', i);
                if (end > 0)
                    i = end;
            }
            else if (text[i] == ':')
            {
                parts.Add(text[start..i]);
                start = i + 1;
            }
        }
        parts.Add(text[start..]);
        return parts;
    }
}
