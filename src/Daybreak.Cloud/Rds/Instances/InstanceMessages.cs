using Daybreak.Cloud.FrontDoor.Shapes;
using Daybreak.Cloud.Rds.Settings;
using Daybreak.Cloud.Rds.Tags;

namespace Daybreak.Cloud.Rds.Instances;

internal sealed record CreateDBInstanceMessage
{
    public string? DBName { get; init; }

    public string? DBInstanceIdentifier { get; init; }

    public int? AllocatedStorage { get; init; }

    public string? DBInstanceClass { get; init; }

    public string? Engine { get; init; }

    public string? MasterUsername { get; init; }

    [Sensitive]
    public string? MasterUserPassword { get; init; }

    [ItemName("VpcSecurityGroupId")]
    public IReadOnlyList<string>? VpcSecurityGroupIds { get; init; }

    public string? AvailabilityZone { get; init; }

    public string? DBSubnetGroupName { get; init; }

    public string? PreferredMaintenanceWindow { get; init; }

    public string? DBParameterGroupName { get; init; }

    public int? BackupRetentionPeriod { get; init; }

    public string? PreferredBackupWindow { get; init; }

    public int? Port { get; init; }

    [NotImplemented]
    public bool? MultiAZ { get; init; }

    public string? EngineVersion { get; init; }

    public int? Iops { get; init; }

    public int? StorageThroughput { get; init; }

    public int? MaxAllocatedStorage { get; init; }

    public bool? DeletionProtection { get; init; }

    public string? EngineLifecycleSupport { get; init; }

    public string? NetworkType { get; init; }

    public string? DatabaseInsightsMode { get; init; }

    [NotImplemented]
    public string? CharacterSetName { get; init; }

    [NotImplemented]
    public bool? DedicatedLogVolume { get; init; }

    [NotImplemented]
    public string? Domain { get; init; }

    public IReadOnlyList<string>? EnableCloudwatchLogsExports { get; init; }

    public bool? EnableIAMDatabaseAuthentication { get; init; }

    public string? KmsKeyId { get; init; }

    [NotImplemented]
    public string? OptionGroupName { get; init; }

    public bool? AutoMinorVersionUpgrade { get; init; }

    public string? LicenseModel { get; init; }

    public bool? PubliclyAccessible { get; init; }

    [ItemName("Tag")]
    public IReadOnlyList<Tag>? Tags { get; init; }

    public string? DBClusterIdentifier { get; init; }

    public string? StorageType { get; init; }

    public bool? StorageEncrypted { get; init; }

    public bool? CopyTagsToSnapshot { get; init; }

    public int? MonitoringInterval { get; init; }

    public int? PromotionTier { get; init; }

    public bool? EnablePerformanceInsights { get; init; }

    public string? PerformanceInsightsKMSKeyId { get; init; }

    public int? PerformanceInsightsRetentionPeriod { get; init; }

    public string? MonitoringRoleArn { get; init; }

    public string? CACertificateIdentifier { get; init; }

    public bool? ManageMasterUserPassword { get; init; }

    public string? MasterUserSecretKmsKeyId { get; init; }
}

internal sealed record ModifyDBInstanceMessage
{
    public string? DBInstanceIdentifier { get; init; }

    public int? AllocatedStorage { get; init; }

    public string? DBInstanceClass { get; init; }

    public string? DBSubnetGroupName { get; init; }

    [ItemName("VpcSecurityGroupId")]
    public IReadOnlyList<string>? VpcSecurityGroupIds { get; init; }

    public bool? ApplyImmediately { get; init; }

    [Sensitive]
    public string? MasterUserPassword { get; init; }

    public int? BackupRetentionPeriod { get; init; }

    public string? PreferredBackupWindow { get; init; }

    [NotImplemented]
    public bool? MultiAZ { get; init; }

    public string? EngineVersion { get; init; }

    public int? Iops { get; init; }

    public int? StorageThroughput { get; init; }

    public string? StorageType { get; init; }

    public int? DBPortNumber { get; init; }

    public int? MaxAllocatedStorage { get; init; }

    public bool? DeletionProtection { get; init; }

    public CloudwatchLogsExportConfiguration? CloudwatchLogsExportConfiguration { get; init; }

    public bool? EnableIAMDatabaseAuthentication { get; init; }

    public bool? ManageMasterUserPassword { get; init; }

    public string? MasterUserSecretKmsKeyId { get; init; }

    public bool? RotateMasterUserPassword { get; init; }

    [NotImplemented]
    public string? OptionGroupName { get; init; }

    public string? DBParameterGroupName { get; init; }

    public string? PreferredMaintenanceWindow { get; init; }

    public bool? AutoMinorVersionUpgrade { get; init; }

    public string? NewDBInstanceIdentifier { get; init; }

    public string? CACertificateIdentifier { get; init; }

    public bool? CopyTagsToSnapshot { get; init; }

    public int? MonitoringInterval { get; init; }

    public bool? PubliclyAccessible { get; init; }

    public int? PromotionTier { get; init; }

    public bool? EnablePerformanceInsights { get; init; }

    public string? PerformanceInsightsKMSKeyId { get; init; }

    public int? PerformanceInsightsRetentionPeriod { get; init; }

    public string? MonitoringRoleArn { get; init; }

    public string? DatabaseInsightsMode { get; init; }
}

internal sealed record DeleteDBInstanceMessage
{
    public string? DBInstanceIdentifier { get; init; }

    /// <summary>This and the next: of an instance without a cluster; without effect for members of one, as in AWS.</summary>
    public bool? SkipFinalSnapshot { get; init; }

    public string? FinalDBSnapshotIdentifier { get; init; }

    public bool? DeleteAutomatedBackups { get; init; }
}

internal sealed record RebootDBInstanceMessage
{
    public string? DBInstanceIdentifier { get; init; }

    public bool? ForceFailover { get; init; }
}

/// <summary>Start and stop.</summary>
internal sealed record DBInstanceNameMessage
{
    public string? DBInstanceIdentifier { get; init; }
}

internal sealed record DescribeDBInstancesMessage
{
    public string? DBInstanceIdentifier { get; init; }

    [ItemName("Filter")]
    public IReadOnlyList<Filter>? Filters { get; init; }

    public int? MaxRecords { get; init; }

    public string? Marker { get; init; }
}

internal sealed record DBInstanceResult
{
    public required DBInstance DBInstance { get; init; }
}

internal sealed record DBInstanceMessage
{
    public string? Marker { get; init; }

    [ItemName("DBInstance")]
    public required IReadOnlyList<DBInstance> DBInstances { get; init; }
}
