using Daybreak.Cloud.Policy.Matching;

namespace Daybreak.Cloud.Policy.Conditions;

/// <summary>StringEquals, StringEqualsIgnoreCase, StringLike and their opposites.</summary>
internal sealed class StringCondition(ConditionSpec spec, bool ignoreCase = false, bool wildcards = false) : ConditionTest(spec)
{
    private readonly Pattern[] _patterns = [.. spec.Values.Select(value => Pattern.Compile(value, wildcards, spec.Variables))];

    public override IEnumerable<string> ContextKeys => base.ContextKeys.Concat(_patterns.SelectMany(static pattern => pattern.ContextKeys));

    protected override bool MatchesAny(string value, RequestContext request)
    {
        foreach (var pattern in _patterns)
            if (pattern.Matches(value, request, ignoreCase))
                return true;
        return false;
    }
}
