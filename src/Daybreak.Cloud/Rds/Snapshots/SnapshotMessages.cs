using Daybreak.Cloud.FrontDoor.Shapes;
using Daybreak.Cloud.Rds.Clusters;
using Daybreak.Cloud.Rds.Tags;

namespace Daybreak.Cloud.Rds.Snapshots;

internal sealed record CreateDBClusterSnapshotMessage
{
    public string? DBClusterSnapshotIdentifier { get; init; }

    public string? DBClusterIdentifier { get; init; }

    [ItemName("Tag")]
    public IReadOnlyList<Tag>? Tags { get; init; }
}

internal sealed record CopyDBClusterSnapshotMessage
{
    /// <summary>A name or an ARN.</summary>
    public string? SourceDBClusterSnapshotIdentifier { get; init; }

    public string? TargetDBClusterSnapshotIdentifier { get; init; }

    public string? KmsKeyId { get; init; }

    [NotImplemented]
    [Sensitive]
    public string? PreSignedUrl { get; init; }

    public bool? CopyTags { get; init; }

    [ItemName("Tag")]
    public IReadOnlyList<Tag>? Tags { get; init; }
}

/// <summary>Delete and DescribeDBClusterSnapshotAttributes.</summary>
internal sealed record DBClusterSnapshotNameMessage
{
    public string? DBClusterSnapshotIdentifier { get; init; }
}

internal sealed record DescribeDBClusterSnapshotsMessage
{
    public string? DBClusterIdentifier { get; init; }

    public string? DBClusterSnapshotIdentifier { get; init; }

    /// <summary>Only manual snapshots exist here.</summary>
    [Values("automated", "manual", "shared", "public", "awsbackup")]
    public string? SnapshotType { get; init; }

    [ItemName("Filter")]
    public IReadOnlyList<Filter>? Filters { get; init; }

    public int? MaxRecords { get; init; }

    public string? Marker { get; init; }

    /// <summary>Neither this nor the next has an effect, because no snapshot is shared.</summary>
    public bool? IncludeShared { get; init; }

    public bool? IncludePublic { get; init; }

    public string? DbClusterResourceId { get; init; }
}

internal sealed record RestoreDBClusterFromSnapshotMessage
{
    [ItemName("AvailabilityZone")]
    public IReadOnlyList<string>? AvailabilityZones { get; init; }

    public string? DBClusterIdentifier { get; init; }

    /// <summary>A name or an ARN.</summary>
    public string? SnapshotIdentifier { get; init; }

    public string? Engine { get; init; }

    public string? EngineVersion { get; init; }

    public int? Port { get; init; }

    public string? DBSubnetGroupName { get; init; }

    /// <summary>It has no effect: the databases are those of the snapshot.</summary>
    public string? DatabaseName { get; init; }

    [NotImplemented]
    public string? OptionGroupName { get; init; }

    [ItemName("VpcSecurityGroupId")]
    public IReadOnlyList<string>? VpcSecurityGroupIds { get; init; }

    [ItemName("Tag")]
    public IReadOnlyList<Tag>? Tags { get; init; }

    public string? KmsKeyId { get; init; }

    public bool? EnableIAMDatabaseAuthentication { get; init; }

    public IReadOnlyList<string>? EnableCloudwatchLogsExports { get; init; }

    public long? BacktrackWindow { get; init; }

    public string? EngineMode { get; init; }

    [NotImplemented]
    public string? Domain { get; init; }

    [NotImplemented]
    public string? DBClusterInstanceClass { get; init; }

    [NotImplemented]
    public int? Iops { get; init; }

    [NotImplemented]
    public bool? PubliclyAccessible { get; init; }

    public int? MonitoringInterval { get; init; }

    public string? MonitoringRoleArn { get; init; }

    [NotImplemented]
    public bool? EnableVPCNetworking { get; init; }

    [NotImplemented]
    public bool? EnableInternetAccessGateway { get; init; }

    public string? DBClusterParameterGroupName { get; init; }

    public bool? DeletionProtection { get; init; }

    public bool? CopyTagsToSnapshot { get; init; }

    public string? StorageType { get; init; }

    public string? NetworkType { get; init; }

    public ServerlessV2ScalingConfiguration? ServerlessV2ScalingConfiguration { get; init; }

    public bool? EnablePerformanceInsights { get; init; }

    public string? PerformanceInsightsKMSKeyId { get; init; }

    public int? PerformanceInsightsRetentionPeriod { get; init; }

    public int? BackupRetentionPeriod { get; init; }

    public string? PreferredBackupWindow { get; init; }

    public string? EngineLifecycleSupport { get; init; }
}

internal sealed record DBClusterSnapshotResult
{
    public required DBClusterSnapshot DBClusterSnapshot { get; init; }
}

internal sealed record DBClusterSnapshotMessage
{
    public string? Marker { get; init; }

    [ItemName("DBClusterSnapshot")]
    public required IReadOnlyList<DBClusterSnapshot> DBClusterSnapshots { get; init; }
}

internal sealed record DescribeDBClusterSnapshotAttributesResult
{
    public required DBClusterSnapshotAttributesResult DBClusterSnapshotAttributesResult { get; init; }
}

internal sealed record DBClusterSnapshotAttributesResult
{
    public required string DBClusterSnapshotIdentifier { get; init; }

    [ItemName("DBClusterSnapshotAttribute")]
    public required IReadOnlyList<DBClusterSnapshotAttribute> DBClusterSnapshotAttributes { get; init; }
}

internal sealed record DBClusterSnapshotAttribute
{
    public required string AttributeName { get; init; }

    [ItemName("AttributeValue")]
    public IReadOnlyList<string> AttributeValues { get; init; } = [];
}
