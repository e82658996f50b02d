using Daybreak.Cloud.Rds.Clusters;

namespace Daybreak.Cloud.Rds.Settings;

/// <summary>The logs that a cluster, or an instance without one, sends to CloudWatch Logs.</summary>
internal static class LogExports
{
    public const string Postgresql = "postgresql";
    public const string IamErrors = "iam-db-auth-error";

    private static readonly string[] Types = [IamErrors, Postgresql];

    /// <exception cref="Aws.AwsException">There is no such log.</exception>
    public static IReadOnlyList<string> Of(IReadOnlyList<string>? asked, string engine, string version)
    {
        if (asked?.Except(Types).ToArray() is { Length: > 0 } others)
            throw RdsErrors.InvalidCombination(
                $"You cannot use the log types '{string.Join("', '", others)}' with engine version {engine} {version}. For supported log "
                    + "types, see the documentation."
            );
        return [.. Types.Intersect(asked ?? [])];
    }

    /// <summary>The logs after a modification.</summary>
    public static IReadOnlyList<string> Change(CloudwatchLogsExportConfiguration? asked, Cluster cluster)
    {
        if (asked is null)
            return cluster.LogExports;
        var enabled = Of(asked.EnableLogTypes, cluster.Engine, cluster.EngineVersion);
        var disabled = Of(asked.DisableLogTypes, cluster.Engine, cluster.EngineVersion);
        return [.. cluster.LogExports.Union(enabled).Except(disabled).Order(StringComparer.Ordinal)];
    }

    /// <summary>The log group of a cluster, or of an instance without one.</summary>
    public static string GroupOf(Cluster cluster, string type = Postgresql) => $"/aws/rds/{cluster.Kind}/{cluster.Name}/{type}";

    /// <summary>The log stream of an instance.</summary>
    public static string StreamOf(string instance) => $"{instance}.0";
}

internal sealed record CloudwatchLogsExportConfiguration
{
    public IReadOnlyList<string>? EnableLogTypes { get; init; }

    public IReadOnlyList<string>? DisableLogTypes { get; init; }
}
