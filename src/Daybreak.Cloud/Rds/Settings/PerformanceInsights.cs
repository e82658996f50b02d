namespace Daybreak.Cloud.Rds.Settings;

/// <summary>
/// Performance Insights of a cluster or an instance. It is shown and has no effect, because no service here would show its data.
/// </summary>
/// <param name="RetentionPeriod">In days.</param>
internal sealed record PerformanceInsights(string KmsKeyId, int RetentionPeriod)
{
    private const int Free = 7;
    private const int Months = 23; // of 31 days
    private const int TwoYears = 731;
    private const int OfAdvancedMode = 465;

    /// <param name="enable">Null: the setting stays.</param>
    /// <param name="now">The present setting; null when it is off.</param>
    /// <param name="mode">The mode of Database Insights: <c>standard</c> or <c>advanced</c>.</param>
    /// <returns>The new setting; null when it is off.</returns>
    /// <exception cref="Aws.AwsException">The settings contradict each other.</exception>
    public static PerformanceInsights? Of(
        bool? enable,
        string? key,
        int? days,
        string mode,
        PerformanceInsights? now,
        string accountId,
        string region
    )
    {
        if (days is { } asked && asked != TwoYears && asked != Free && (asked % 31 != 0 || asked / 31 is < 1 or > Months))
            throw RdsErrors.InvalidValue(
                $"Invalid Performance Insights retention period. Valid values are: [{string.Join(", ", ValidDays())}]"
            );
        var after =
            (enable ?? now is not null)
                ? new PerformanceInsights(
                    key is null && now is not null ? now.KmsKeyId : EncryptionKey.Find(key, accountId, region),
                    days ?? now?.RetentionPeriod ?? Free
                )
                : null;
        if (after is null && (key is not null || days is not null))
            throw RdsErrors.InvalidCombination(
                "PerformanceInsightsKMSKeyId and PerformanceInsightsRetentionPeriod can be set with Performance Insights only: "
                    + "EnablePerformanceInsights must be true."
            );
        if (now is not null && after is not null && after.KmsKeyId != now.KmsKeyId)
            throw RdsErrors.InvalidCombination("You cannot change your Performance Insights KMS key.");
        if (mode == InsightsMode.Advanced && after is not { RetentionPeriod: >= OfAdvancedMode })
            throw RdsErrors.InvalidCombination(
                "To enable the Advanced mode of Database Insights, Performance Insights must be enabled with a retention period of "
                    + "at least 465 days."
            );
        return after;
    }

    private static IEnumerable<int> ValidDays() => [Free, .. Enumerable.Range(1, Months).Select(month => month * 31), TwoYears];
}
