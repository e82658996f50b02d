using Microsoft.Extensions.Primitives;

namespace Daybreak.Cloud.Policy.Conditions;

/// <summary>
/// One compiled operator, key and list of values. A subclass only decides whether one value of the request matches one of the policy's. The
/// handling of absent, several and negated values is the same for all, and is implemented here.
/// </summary>
internal abstract class ConditionTest(ConditionSpec spec)
{
    protected ConditionSpec Spec => spec;

    /// <summary>The key, and keys that variables in the values name.</summary>
    public virtual IEnumerable<string> ContextKeys => [spec.Key];

    public virtual bool Holds(RequestContext request)
    {
        if (!request.TryGetKey(spec.Key, out var values) || values.Count == 0)
        {
            if (spec.IfExists)
                return true;
            return spec.Qualifier switch
            {
                SetQualifier.ForAllValues => true,
                SetQualifier.ForAnyValue => false,
                _ => spec.Negated,
            };
        }
        return spec.Qualifier switch
        {
            SetQualifier.ForAllValues => AllMatch(values, request),
            SetQualifier.ForAnyValue => AnyMatches(values, request),
            // Without a set operator, some value must be in the list; or, negated, none.
            _ when spec.Negated => AllMatch(values, request),
            _ => AnyMatches(values, request),
        };
    }

    /// <summary>Whether one value of the request equals, is like, is less than … any of the policy's values.</summary>
    protected abstract bool MatchesAny(string value, RequestContext request);

    private bool AllMatch(StringValues values, RequestContext request)
    {
        foreach (var value in values)
            if (MatchesAny(value ?? "", request) == spec.Negated)
                return false;
        return true;
    }

    private bool AnyMatches(StringValues values, RequestContext request)
    {
        foreach (var value in values)
            if (MatchesAny(value ?? "", request) != spec.Negated)
                return true;
        return false;
    }
}
