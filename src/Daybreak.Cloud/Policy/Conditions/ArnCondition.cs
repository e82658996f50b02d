using Daybreak.Cloud.Policy.Matching;

namespace Daybreak.Cloud.Policy.Conditions;

/// <summary>ArnEquals and ArnLike, which are the same, and their opposites: each of the six parts is compared separately.</summary>
internal sealed class ArnCondition(ConditionSpec spec) : ConditionTest(spec)
{
    private readonly ArnPattern[] _patterns = [.. spec.Values.Select(value => new ArnPattern(value, spec.Variables))];

    public override IEnumerable<string> ContextKeys => base.ContextKeys.Concat(_patterns.SelectMany(static pattern => pattern.ContextKeys));

    protected override bool MatchesAny(string value, RequestContext request)
    {
        var parts = ArnParts.Of(value);
        foreach (var pattern in _patterns)
            if (pattern.Matches(value, parts, request))
                return true;
        return false;
    }
}
