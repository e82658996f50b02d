using Daybreak.Cloud.FrontDoor.Shapes;
using Daybreak.Cloud.Rds.Clusters;
using Daybreak.Cloud.Rds.MasterPasswords;
using Daybreak.Cloud.Rds.Settings;
using Daybreak.Cloud.Rds.SubnetGroups;
using Daybreak.Cloud.Rds.Tags;

namespace Daybreak.Cloud.Rds.Instances;

/// <summary>An instance in responses.</summary>
internal sealed record DBInstance
{
    public required string DBInstanceIdentifier { get; init; }

    public required string DBInstanceClass { get; init; }

    public required string Engine { get; init; }

    public required string DBInstanceStatus { get; init; }

    public required string MasterUsername { get; init; }

    public string? DBName { get; init; }

    /// <summary>Absent while the instance is being created.</summary>
    public Endpoint? Endpoint { get; init; }

    public required int AllocatedStorage { get; init; }

    public int? MaxAllocatedStorage { get; init; }

    public int? Iops { get; init; }

    public int? StorageThroughput { get; init; }

    public required DateTimeOffset InstanceCreateTime { get; init; }

    public required string PreferredBackupWindow { get; init; }

    public required int BackupRetentionPeriod { get; init; }

    [ItemName("DBSecurityGroup")]
    public IReadOnlyList<string> DBSecurityGroups { get; init; } = [];

    [ItemName("VpcSecurityGroupMembership")]
    public required IReadOnlyList<VpcSecurityGroupMembership> VpcSecurityGroups { get; init; }

    [ItemName("DBParameterGroup")]
    public required IReadOnlyList<DBParameterGroupStatus> DBParameterGroups { get; init; }

    public required string AvailabilityZone { get; init; }

    public required DBSubnetGroup DBSubnetGroup { get; init; }

    public required string PreferredMaintenanceWindow { get; init; }

    public required PendingModifiedValues PendingModifiedValues { get; init; }

    public bool MultiAZ { get; init; }

    public required string EngineVersion { get; init; }

    public required bool AutoMinorVersionUpgrade { get; init; }

    [ItemName("ReadReplicaDBInstanceIdentifier")]
    public IReadOnlyList<string> ReadReplicaDBInstanceIdentifiers { get; init; } = [];

    public string LicenseModel { get; init; } = "postgresql-license";

    [ItemName("OptionGroupMembership")]
    public required IReadOnlyList<OptionGroupMembership> OptionGroupMemberships { get; init; }

    public required bool PubliclyAccessible { get; init; }

    public required string StorageType { get; init; }

    public int DbInstancePort { get; init; }

    public string? DBClusterIdentifier { get; init; }

    public required bool StorageEncrypted { get; init; }

    public string? KmsKeyId { get; init; }

    public required string DbiResourceId { get; init; }

    public required string CACertificateIdentifier { get; init; }

    [ItemName("DomainMembership")]
    public IReadOnlyList<string> DomainMemberships { get; init; } = [];

    public required bool CopyTagsToSnapshot { get; init; }

    public required int MonitoringInterval { get; init; }

    public string? EnhancedMonitoringResourceArn { get; init; }

    public string? MonitoringRoleArn { get; init; }

    public int? PromotionTier { get; init; }

    public required string DBInstanceArn { get; init; }

    public required bool IAMDatabaseAuthenticationEnabled { get; init; }

    public required string DatabaseInsightsMode { get; init; }

    public IReadOnlyList<string>? EnabledCloudwatchLogsExports { get; init; }

    public required bool PerformanceInsightsEnabled { get; init; }

    public string? PerformanceInsightsKMSKeyId { get; init; }

    public int? PerformanceInsightsRetentionPeriod { get; init; }

    public required bool DeletionProtection { get; init; }

    [ItemName("DBInstanceRole")]
    public required IReadOnlyList<DBInstanceRole> AssociatedRoles { get; init; }

    [ItemName("Tag")]
    public required IReadOnlyList<Tag> TagList { get; init; }

    public bool CustomerOwnedIpEnabled { get; init; }

    public string NetworkType { get; init; } = "IPV4";

    public string ActivityStreamStatus { get; init; } = "stopped";

    public string BackupTarget { get; init; } = "region";

    public bool DedicatedLogVolume { get; init; }

    public required string EngineLifecycleSupport { get; init; }

    public MasterUserSecret? MasterUserSecret { get; init; }

    /// <param name="pending">Whether the instance's own parameter group waits for a reboot.</param>
    public static DBInstance Of(Instance instance, Cluster cluster, SubnetGroup subnetGroup, IRoleCredentials roles, bool pending) =>
        new()
        {
            Engine = cluster.Engine,
            AllocatedStorage = instance.Storage?.Allocated ?? 1,
            MaxAllocatedStorage = instance.Storage?.Maximum,
            Iops = instance.Storage?.Iops,
            StorageThroughput = instance.Storage?.Throughput,
            AssociatedRoles =
            [
                .. cluster
                    .Roles.Where(_ => cluster.OnlyInstance is not null)
                    .Select(role => new DBInstanceRole
                    {
                        RoleArn = role.RoleArn,
                        FeatureName = role.FeatureName,
                        Status = roles.WhyNot(new DatabaseRole(role.RoleArn, cluster.AccountId, cluster.Arn)) is null
                            ? "ACTIVE"
                            : "INVALID",
                    }),
            ],
            DBInstanceIdentifier = instance.Identifier,
            DBInstanceClass = instance.InstanceClass,
            DBInstanceStatus = StatusName.Of(instance.Status),
            MasterUsername = cluster.MasterUsername,
            DBName = cluster.DatabaseName,
            Endpoint =
                instance.Status == InstanceStatus.Creating
                    ? null
                    : new Endpoint
                    {
                        Address = instance.Address,
                        Port = cluster.Port,
                        HostedZoneId = HostedZones.Of(instance.Region),
                    },
            InstanceCreateTime = instance.CreateTime,
            PreferredBackupWindow = cluster.PreferredBackupWindow,
            BackupRetentionPeriod = cluster.BackupRetentionPeriod,
            VpcSecurityGroups = [.. cluster.VpcSecurityGroupIds.Select(id => new VpcSecurityGroupMembership { VpcSecurityGroupId = id })],
            DBParameterGroups =
            [
                new DBParameterGroupStatus
                {
                    DBParameterGroupName = instance.ParameterGroup,
                    ParameterApplyStatus = pending ? "pending-reboot" : "in-sync",
                },
            ],
            AvailabilityZone = instance.AvailabilityZone,
            DBSubnetGroup = DBSubnetGroup.Of(subnetGroup, instance.AccountId, instance.Region),
            PreferredMaintenanceWindow = instance.PreferredMaintenanceWindow,
            PendingModifiedValues = new PendingModifiedValues
            {
                DBInstanceIdentifier = instance.Pending.Identifier,
                DBInstanceClass = instance.Pending.InstanceClass,
                CACertificateIdentifier = instance.Pending.CACertificateIdentifier,
                AllocatedStorage = Changed(instance, static storage => storage?.Allocated),
                StorageType = instance.Pending.Storage is { } type && type.Type != instance.Storage!.Type ? type.Type : null,
                Iops = Changed(instance, static storage => storage?.Iops),
                StorageThroughput = Changed(instance, static storage => storage?.Throughput),
            },
            EngineVersion = cluster.EngineVersion,
            AutoMinorVersionUpgrade = instance.AutoMinorVersionUpgrade,
            OptionGroupMemberships = [new OptionGroupMembership { OptionGroupName = $"default:{cluster.Engine}-{cluster.Major}" }],
            PubliclyAccessible = instance.PubliclyAccessible,
            StorageType = instance.Storage?.Type ?? cluster.StorageType,
            DBClusterIdentifier = cluster.OnlyInstance is null ? cluster.Identifier : null,
            StorageEncrypted = cluster.StorageEncrypted,
            KmsKeyId = cluster.KmsKeyId,
            MonitoringInterval = instance.Monitoring?.Interval ?? 0,
            MonitoringRoleArn = instance.Monitoring?.RoleArn,
            EnhancedMonitoringResourceArn = instance.Monitoring is null
                ? null
                : $"arn:aws:logs:{instance.Region}:{instance.AccountId}:log-group:RDSOSMetrics:log-stream:{instance.ResourceId}",
            DatabaseInsightsMode = instance.InsightsMode,
            EnabledCloudwatchLogsExports = cluster.LogExports is { Count: > 0 } exports ? exports : null,
            PerformanceInsightsEnabled = instance.Insights is not null,
            PerformanceInsightsKMSKeyId = instance.Insights?.KmsKeyId,
            PerformanceInsightsRetentionPeriod = instance.Insights?.RetentionPeriod,
            DbiResourceId = instance.ResourceId,
            CACertificateIdentifier = instance.CACertificateIdentifier,
            CopyTagsToSnapshot = instance.CopyTagsToSnapshot,
            PromotionTier = cluster.OnlyInstance is null ? instance.PromotionTier : null,
            DBInstanceArn = instance.Arn,
            IAMDatabaseAuthenticationEnabled = cluster.IamAuthentication,
            DeletionProtection = cluster.DeletionProtection,
            TagList = Tag.List(instance.Tags),
            MasterUserSecret = cluster.OnlyInstance is null
                ? null
                : MasterUserSecret.Of(cluster, instance.Status == InstanceStatus.Creating),
            EngineLifecycleSupport = cluster.EngineLifecycleSupport,
        };

    private static int? Changed(Instance instance, Func<InstanceStorage?, int?> of) =>
        instance.Pending.Storage is { } pending && of(pending) != of(instance.Storage) ? of(pending) : null;
}

internal sealed record DBInstanceRole
{
    public required string RoleArn { get; init; }

    public required string FeatureName { get; init; }

    public required string Status { get; init; }
}

internal sealed record PendingModifiedValues
{
    public string? DBInstanceIdentifier { get; init; }

    public string? DBInstanceClass { get; init; }

    public int? AllocatedStorage { get; init; }

    public string? StorageType { get; init; }

    public int? Iops { get; init; }

    public int? StorageThroughput { get; init; }

    public string? CACertificateIdentifier { get; init; }
}

internal sealed record Endpoint
{
    public required string Address { get; init; }

    public required int Port { get; init; }

    public string? HostedZoneId { get; init; }
}

internal sealed record DBParameterGroupStatus
{
    public required string DBParameterGroupName { get; init; }

    public required string ParameterApplyStatus { get; init; }
}

internal sealed record OptionGroupMembership
{
    public required string OptionGroupName { get; init; }

    public string Status { get; init; } = "in-sync";
}
