namespace Daybreak.Cloud.Rds.Settings;

/// <summary>The mode of Database Insights. It is shown and has no effect.</summary>
internal static class InsightsMode
{
    public const string Standard = "standard";
    public const string Advanced = "advanced";

    /// <exception cref="Aws.AwsException">InvalidParameterValue</exception>
    public static string Of(string? asked, string now) =>
        asked switch
        {
            null => now,
            Standard or Advanced => asked,
            _ => throw RdsErrors.InvalidValue($"Invalid DatabaseInsightsMode: {asked}. Valid values are: {Standard}, {Advanced}"),
        };
}
