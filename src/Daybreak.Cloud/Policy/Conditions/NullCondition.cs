namespace Daybreak.Cloud.Policy.Conditions;

/// <summary>Null: <c>true</c> requires that the key is absent, <c>false</c> that it is present.</summary>
internal sealed class NullCondition(ConditionSpec spec) : ConditionTest(spec)
{
    public override bool Holds(RequestContext request)
    {
        var isAbsent = !request.TryGetKey(Spec.Key, out var values) || values.Count == 0;
        return Spec.Values.Any(value => bool.TryParse(value, out var wanted) && wanted == isAbsent);
    }

    protected override bool MatchesAny(string value, RequestContext request) => throw new NotSupportedException("Null looks at no value.");
}
