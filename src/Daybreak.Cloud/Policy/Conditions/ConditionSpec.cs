namespace Daybreak.Cloud.Policy.Conditions;

/// <summary>One key of a condition block, with the properties in its operator's name.</summary>
/// <param name="Variables">Whether <c>${…}</c> is expanded: the document's version is 2012-10-17.</param>
internal sealed record ConditionSpec(string Key, IReadOnlyList<string> Values, SetQualifier Qualifier, bool IfExists, bool Variables)
{
    /// <summary>Whether the operator is the opposite of its family's: <c>StringNotEquals</c>.</summary>
    public bool Negated { get; init; }
}
