namespace Daybreak.Cloud.Policy.Conditions;

/// <summary>How several values of a request's key are combined.</summary>
internal enum SetQualifier
{
    None,
    ForAllValues,
    ForAnyValue,
}
