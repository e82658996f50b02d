namespace Daybreak.Cloud.Policy.Conditions;

/// <summary>An order relation between the request's value and the policy's.</summary>
internal enum Comparison
{
    Equal,
    LessThan,
    LessThanOrEqual,
    GreaterThan,
    GreaterThanOrEqual,
}

internal static class ComparisonExtensions
{
    /// <param name="order">Sign of the request's value minus the policy's.</param>
    public static bool Accepts(this Comparison comparison, int order) =>
        comparison switch
        {
            Comparison.Equal => order == 0,
            Comparison.LessThan => order < 0,
            Comparison.LessThanOrEqual => order <= 0,
            Comparison.GreaterThan => order > 0,
            _ => order >= 0,
        };
}
