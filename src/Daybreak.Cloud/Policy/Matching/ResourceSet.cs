namespace Daybreak.Cloud.Policy.Matching;

/// <summary>A Resource or NotResource element.</summary>
internal sealed class ResourceSet(IEnumerable<string> patterns, bool negated, bool variables)
{
    private readonly ArnPattern[] _patterns = [.. patterns.Select(pattern => new ArnPattern(pattern, variables))];

    public IEnumerable<string> ContextKeys => _patterns.SelectMany(static pattern => pattern.ContextKeys);

    public bool Contains(RequestContext request)
    {
        foreach (var pattern in _patterns)
            if (pattern.Matches(request.Resource, request.ResourceParts, request))
                return !negated;
        return negated;
    }
}
