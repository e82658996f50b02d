using Daybreak.Cloud.FrontDoor;

namespace Daybreak.Cloud.Rds.Settings;

/// <summary>
/// Enhanced monitoring of a cluster or an instance. It is shown and has no effect, because no service here would show its data.
/// </summary>
/// <param name="Interval">Seconds.</param>
internal sealed record EnhancedMonitoring(int Interval, string RoleArn)
{
    private static readonly int[] Intervals = [0, 1, 5, 10, 15, 30, 60];

    /// <param name="now">The present setting; null when it is off.</param>
    /// <returns>The new setting; null when it is off.</returns>
    /// <exception cref="Aws.AwsException">The settings contradict each other, or the role cannot be used.</exception>
    public static EnhancedMonitoring? Of(
        int? interval,
        string? roleArn,
        EnhancedMonitoring? now,
        MonitoringRoles roles,
        OperationContext context
    )
    {
        if (interval is null && roleArn is null)
            return now;
        var seconds = interval ?? now?.Interval ?? 0;
        if (!Intervals.Contains(seconds))
            throw RdsErrors.InvalidValue($"Invalid monitoring interval: {seconds}. Valid values are: {string.Join(", ", Intervals)}");
        var role = string.IsNullOrEmpty(roleArn) ? null : roleArn;
        if (seconds == 0)
            return role is null
                ? null
                : throw RdsErrors.InvalidCombination(
                    "You must specify a MonitoringInterval value other than 0 when you specify a MonitoringRoleARN value."
                );
        role ??=
            now?.RoleArn
            ?? throw RdsErrors.InvalidCombination(
                "A MonitoringRoleARN value is required if you specify a MonitoringInterval value other than 0."
            );
        if (role != now?.RoleArn)
            roles.Check(role, context);
        return new EnhancedMonitoring(seconds, role);
    }
}
