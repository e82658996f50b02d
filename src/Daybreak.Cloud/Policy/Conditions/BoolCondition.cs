namespace Daybreak.Cloud.Policy.Conditions;

/// <summary>Bool. <c>true</c> and <c>false</c> in any case.</summary>
internal sealed class BoolCondition(ConditionSpec spec) : ConditionTest(spec)
{
    private readonly bool _acceptsTrue = Has(spec, true);
    private readonly bool _acceptsFalse = Has(spec, false);

    protected override bool MatchesAny(string value, RequestContext request) =>
        bool.TryParse(value, out var actual) && (actual ? _acceptsTrue : _acceptsFalse);

    private static bool Has(ConditionSpec spec, bool expected) =>
        spec.Values.Any(value => bool.TryParse(value, out var parsed) && parsed == expected);
}
