using Daybreak.Cloud.FrontDoor.Shapes;
using Daybreak.Cloud.Rds.Settings;
using Daybreak.Cloud.Rds.Tags;

namespace Daybreak.Cloud.Rds.Clusters;

internal sealed record CreateDBClusterMessage
{
    [ItemName("AvailabilityZone")]
    public IReadOnlyList<string>? AvailabilityZones { get; init; }

    public int? BackupRetentionPeriod { get; init; }

    [NotImplemented]
    public string? CharacterSetName { get; init; }

    public string? DatabaseName { get; init; }

    public string? DBClusterIdentifier { get; init; }

    public string? DBClusterParameterGroupName { get; init; }

    [ItemName("VpcSecurityGroupId")]
    public IReadOnlyList<string>? VpcSecurityGroupIds { get; init; }

    public string? DBSubnetGroupName { get; init; }

    public string? Engine { get; init; }

    public string? EngineVersion { get; init; }

    public int? Port { get; init; }

    public string? MasterUsername { get; init; }

    [Sensitive]
    public string? MasterUserPassword { get; init; }

    public string? PreferredBackupWindow { get; init; }

    public string? PreferredMaintenanceWindow { get; init; }

    [ItemName("Tag")]
    public IReadOnlyList<Tag>? Tags { get; init; }

    public bool? StorageEncrypted { get; init; }

    public string? KmsKeyId { get; init; }

    public bool? EnableIAMDatabaseAuthentication { get; init; }

    public IReadOnlyList<string>? EnableCloudwatchLogsExports { get; init; }

    public string? EngineMode { get; init; }

    public string? StorageType { get; init; }

    public bool? AutoMinorVersionUpgrade { get; init; }

    public bool? DeletionProtection { get; init; }

    [NotImplemented]
    public bool? EnableHttpEndpoint { get; init; }

    public bool? CopyTagsToSnapshot { get; init; }

    public string? NetworkType { get; init; }

    public ServerlessV2ScalingConfiguration? ServerlessV2ScalingConfiguration { get; init; }

    public string? DatabaseInsightsMode { get; init; }

    public bool? EnablePerformanceInsights { get; init; }

    public string? PerformanceInsightsKMSKeyId { get; init; }

    public int? PerformanceInsightsRetentionPeriod { get; init; }

    public int? MonitoringInterval { get; init; }

    public string? MonitoringRoleArn { get; init; }

    /// <summary>In seconds.</summary>
    public long? BacktrackWindow { get; init; }

    public bool? ManageMasterUserPassword { get; init; }

    public string? MasterUserSecretKmsKeyId { get; init; }

    [NotImplemented]
    public bool? EnableLocalWriteForwarding { get; init; }

    public string? EngineLifecycleSupport { get; init; }

    [NotImplemented]
    public bool? WithExpressConfiguration { get; init; }
}

internal sealed record ModifyDBClusterMessage
{
    public string? DBClusterIdentifier { get; init; }

    public string? NewDBClusterIdentifier { get; init; }

    public bool? ApplyImmediately { get; init; }

    public int? BackupRetentionPeriod { get; init; }

    public string? DBClusterParameterGroupName { get; init; }

    [ItemName("VpcSecurityGroupId")]
    public IReadOnlyList<string>? VpcSecurityGroupIds { get; init; }

    public int? Port { get; init; }

    [Sensitive]
    public string? MasterUserPassword { get; init; }

    public string? PreferredBackupWindow { get; init; }

    public string? PreferredMaintenanceWindow { get; init; }

    public bool? EnableIAMDatabaseAuthentication { get; init; }

    public string? EngineVersion { get; init; }

    [NotImplemented]
    public bool? AllowMajorVersionUpgrade { get; init; }

    public bool? DeletionProtection { get; init; }

    public CloudwatchLogsExportConfiguration? CloudwatchLogsExportConfiguration { get; init; }

    [NotImplemented]
    public bool? EnableHttpEndpoint { get; init; }

    public bool? CopyTagsToSnapshot { get; init; }

    public string? StorageType { get; init; }

    public string? DatabaseInsightsMode { get; init; }

    public bool? EnablePerformanceInsights { get; init; }

    public string? PerformanceInsightsKMSKeyId { get; init; }

    public int? PerformanceInsightsRetentionPeriod { get; init; }

    public int? MonitoringInterval { get; init; }

    public string? MonitoringRoleArn { get; init; }

    /// <summary>In seconds.</summary>
    public long? BacktrackWindow { get; init; }

    public bool? AutoMinorVersionUpgrade { get; init; }

    public ServerlessV2ScalingConfiguration? ServerlessV2ScalingConfiguration { get; init; }

    public bool? ManageMasterUserPassword { get; init; }

    public string? MasterUserSecretKmsKeyId { get; init; }

    public bool? RotateMasterUserPassword { get; init; }
}

internal sealed record DeleteDBClusterMessage
{
    public string? DBClusterIdentifier { get; init; }

    public bool? SkipFinalSnapshot { get; init; }

    public string? FinalDBSnapshotIdentifier { get; init; }

    /// <summary>It has no effect, because there are no automated backups.</summary>
    public bool? DeleteAutomatedBackups { get; init; }
}

/// <summary>The request of StartDBCluster, StopDBCluster and RebootDBCluster.</summary>
internal sealed record DBClusterNameMessage
{
    public string? DBClusterIdentifier { get; init; }
}

internal sealed record FailoverDBClusterMessage
{
    public string? DBClusterIdentifier { get; init; }

    public string? TargetDBInstanceIdentifier { get; init; }
}

internal sealed record DescribeDBClustersMessage
{
    public string? DBClusterIdentifier { get; init; }

    [ItemName("Filter")]
    public IReadOnlyList<Filter>? Filters { get; init; }

    public int? MaxRecords { get; init; }

    public string? Marker { get; init; }

    /// <summary>It has no effect, because no cluster is shared.</summary>
    public bool? IncludeShared { get; init; }
}

internal sealed record DBClusterResult
{
    public required DBCluster DBCluster { get; init; }
}

internal sealed record DBClusterMessage
{
    public string? Marker { get; init; }

    [ItemName("DBCluster")]
    public required IReadOnlyList<DBCluster> DBClusters { get; init; }
}

internal sealed record ServerlessV2ScalingConfiguration
{
    public double? MinCapacity { get; init; }

    public double? MaxCapacity { get; init; }

    public int? SecondsUntilAutoPause { get; init; }
}
