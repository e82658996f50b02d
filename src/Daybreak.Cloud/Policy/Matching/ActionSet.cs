using System.Collections.Frozen;

namespace Daybreak.Cloud.Policy.Matching;

/// <summary>
/// An Action or NotAction element. Patterns are grouped by service, because a document such as ReadOnlyAccess names hundreds of services
/// and a request only one.
/// </summary>
internal sealed class ActionSet
{
    private readonly FrozenDictionary<string, Pattern[]> _byService;
    private readonly (Pattern Service, Pattern Name)[] _anyService;
    private readonly bool _negated;

    public ActionSet(IReadOnlyCollection<string> patterns, bool negated)
    {
        this._negated = negated;
        var named = new Dictionary<string, List<Pattern>>();
        var wild = new List<(Pattern, Pattern)>();
        foreach (var text in patterns)
        {
            var folded = text.ToLowerInvariant();
            var colon = folded.IndexOf(':', StringComparison.Ordinal);
            var service = colon < 0 ? folded : folded[..colon];
            var name = Pattern.Compile(colon < 0 ? "*" : folded[(colon + 1)..], wildcards: true, variables: false);
            if (service.AsSpan().ContainsAny('*', '?'))
                wild.Add((Pattern.Compile(service, wildcards: true, variables: false), name));
            else if (named.TryGetValue(service, out var names))
                names.Add(name);
            else
                named.Add(service, [name]);
        }
        _byService = named.ToFrozenDictionary(static pair => pair.Key, static pair => pair.Value.ToArray());
        _anyService = [.. wild];
    }

    public bool Contains(ServiceAction action) => Matches(action) != _negated;

    private bool Matches(ServiceAction action)
    {
        foreach (var (service, name) in _anyService)
            if (service.Matches(action.Service) && name.Matches(action.Name))
                return true;
        if (!_byService.TryGetValue(action.Service, out var names))
            return false;
        foreach (var name in names)
            if (name.Matches(action.Name))
                return true;
        return false;
    }
}
