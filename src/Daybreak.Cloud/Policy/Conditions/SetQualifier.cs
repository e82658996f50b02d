namespace Daybreak.Cloud.Policy.Conditions;

/// <summary>How the several values of a request's key are taken together.</summary>
internal enum SetQualifier
{
    None,
    ForAllValues,
    ForAnyValue,
}
