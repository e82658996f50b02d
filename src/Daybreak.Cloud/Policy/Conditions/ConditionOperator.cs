using System.Collections.Frozen;

namespace Daybreak.Cloud.Policy.Conditions;

/// <summary>A condition operator as named in a policy: the parsed form of <c>ForAnyValue:StringNotLikeIfExists</c>.</summary>
/// <remarks>https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html</remarks>
internal sealed class ConditionOperator
{
    private static readonly FrozenDictionary<string, ConditionOperator> Known = All()
        .ToFrozenDictionary(static pair => pair.Name, static pair => pair.Operator);

    private readonly Func<ConditionSpec, ConditionTest> _compile;
    private readonly SetQualifier _qualifier;
    private readonly bool _ifExists;

    private ConditionOperator(Func<ConditionSpec, ConditionTest> compile, SetQualifier qualifier, bool ifExists, bool isDate)
    {
        this._compile = compile;
        this._qualifier = qualifier;
        this._ifExists = ifExists;
        IsDate = isDate;
    }

    public bool IsDate { get; }

    /// <summary>Returns null when there is no such operator. Names are case-sensitive.</summary>
    public static ConditionOperator? Parse(string name) => Known.GetValueOrDefault(name);

    public ConditionTest Compile(string key, IReadOnlyList<string> values, bool variables) =>
        _compile(new ConditionSpec(key, values, _qualifier, _ifExists, variables));

    private static IEnumerable<(string Name, ConditionOperator Operator)> All()
    {
        foreach (var (name, compile) in Plain())
        {
            var isDate = name.StartsWith("Date", StringComparison.Ordinal);
            foreach (var (prefix, qualifier) in Prefixes())
            {
                yield return (prefix + name, new ConditionOperator(compile, qualifier, false, isDate));
                yield return (prefix + name + "IfExists", new ConditionOperator(compile, qualifier, true, isDate));
            }
        }
        // Null tests existence itself, so it takes neither prefix nor IfExists.
        yield return ("Null", new ConditionOperator(static spec => new NullCondition(spec), SetQualifier.None, false, false));
    }

    private static IEnumerable<(string Prefix, SetQualifier Qualifier)> Prefixes() =>
        [("", SetQualifier.None), ("ForAllValues:", SetQualifier.ForAllValues), ("ForAnyValue:", SetQualifier.ForAnyValue)];

    private static IEnumerable<(string Name, Func<ConditionSpec, ConditionTest> Compile)> Plain() =>
        [
            ("StringEquals", static spec => new StringCondition(spec)),
            ("StringNotEquals", static spec => new StringCondition(spec with { Negated = true })),
            ("StringEqualsIgnoreCase", static spec => new StringCondition(spec, ignoreCase: true)),
            ("StringNotEqualsIgnoreCase", static spec => new StringCondition(spec with { Negated = true }, ignoreCase: true)),
            ("StringLike", static spec => new StringCondition(spec, wildcards: true)),
            ("StringNotLike", static spec => new StringCondition(spec with { Negated = true }, wildcards: true)),
            ("NumericEquals", static spec => new NumericCondition(spec, Comparison.Equal)),
            ("NumericNotEquals", static spec => new NumericCondition(spec with { Negated = true }, Comparison.Equal)),
            ("NumericLessThan", static spec => new NumericCondition(spec, Comparison.LessThan)),
            ("NumericLessThanEquals", static spec => new NumericCondition(spec, Comparison.LessThanOrEqual)),
            ("NumericGreaterThan", static spec => new NumericCondition(spec, Comparison.GreaterThan)),
            ("NumericGreaterThanEquals", static spec => new NumericCondition(spec, Comparison.GreaterThanOrEqual)),
            ("DateEquals", static spec => new DateCondition(spec, Comparison.Equal)),
            ("DateNotEquals", static spec => new DateCondition(spec with { Negated = true }, Comparison.Equal)),
            ("DateLessThan", static spec => new DateCondition(spec, Comparison.LessThan)),
            ("DateLessThanEquals", static spec => new DateCondition(spec, Comparison.LessThanOrEqual)),
            ("DateGreaterThan", static spec => new DateCondition(spec, Comparison.GreaterThan)),
            ("DateGreaterThanEquals", static spec => new DateCondition(spec, Comparison.GreaterThanOrEqual)),
            ("Bool", static spec => new BoolCondition(spec)),
            ("BinaryEquals", static spec => new BinaryCondition(spec)),
            ("IpAddress", static spec => new IpAddressCondition(spec)),
            ("NotIpAddress", static spec => new IpAddressCondition(spec with { Negated = true })),
            ("ArnEquals", static spec => new ArnCondition(spec)),
            ("ArnLike", static spec => new ArnCondition(spec)),
            ("ArnNotEquals", static spec => new ArnCondition(spec with { Negated = true })),
            ("ArnNotLike", static spec => new ArnCondition(spec with { Negated = true })),
        ];
}
