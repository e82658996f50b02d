using Daybreak.Cloud.FrontDoor.Shapes;
using Daybreak.Cloud.Rds.Endpoints;
using Daybreak.Cloud.Rds.Instances;
using Daybreak.Cloud.Rds.MasterPasswords;
using Daybreak.Cloud.Rds.Settings;
using Daybreak.Cloud.Rds.Tags;

namespace Daybreak.Cloud.Rds.Clusters;

/// <summary>A cluster in responses.</summary>
internal sealed record DBCluster
{
    public int AllocatedStorage { get; init; } = 1;

    [ItemName("AvailabilityZone")]
    public required IReadOnlyList<string> AvailabilityZones { get; init; }

    public required int BackupRetentionPeriod { get; init; }

    public string? DatabaseName { get; init; }

    public required string DBClusterIdentifier { get; init; }

    public required string DBClusterParameterGroup { get; init; }

    public required string DBSubnetGroup { get; init; }

    public required string Status { get; init; }

    public required string Endpoint { get; init; }

    public required string ReaderEndpoint { get; init; }

    public required IReadOnlyList<string> CustomEndpoints { get; init; }

    public required bool MultiAZ { get; init; }

    public required string Engine { get; init; }

    public required string EngineVersion { get; init; }

    public required int Port { get; init; }

    public required string MasterUsername { get; init; }

    public required string PreferredBackupWindow { get; init; }

    public required string PreferredMaintenanceWindow { get; init; }

    [ItemName("ReadReplicaIdentifier")]
    public IReadOnlyList<string> ReadReplicaIdentifiers { get; init; } = [];

    [ItemName("DBClusterMember")]
    public required IReadOnlyList<DBClusterMember> DBClusterMembers { get; init; }

    [ItemName("VpcSecurityGroupMembership")]
    public required IReadOnlyList<VpcSecurityGroupMembership> VpcSecurityGroups { get; init; }

    /// <summary>Absent in a Region whose zone is not known.</summary>
    public string? HostedZoneId { get; init; }

    public required bool StorageEncrypted { get; init; }

    public string? KmsKeyId { get; init; }

    public required string DbClusterResourceId { get; init; }

    public required string DBClusterArn { get; init; }

    [ItemName("DBClusterRole")]
    public required IReadOnlyList<DBClusterRole> AssociatedRoles { get; init; }

    public required bool IAMDatabaseAuthenticationEnabled { get; init; }

    public required DateTimeOffset ClusterCreateTime { get; init; }

    public string EngineMode { get; init; } = "provisioned";

    /// <summary>Absent for the standard storage type, as on AWS.</summary>
    public string? StorageType { get; init; }

    public required bool AutoMinorVersionUpgrade { get; init; }

    public required bool DeletionProtection { get; init; }

    public bool HttpEndpointEnabled { get; init; }

    public string ActivityStreamStatus { get; init; } = "stopped";

    public required bool CopyTagsToSnapshot { get; init; }

    public bool CrossAccountClone { get; init; }

    [ItemName("DomainMembership")]
    public IReadOnlyList<string> DomainMemberships { get; init; } = [];

    [ItemName("Tag")]
    public required IReadOnlyList<Tag> TagList { get; init; }

    public string NetworkType { get; init; } = "IPV4";

    public ServerlessV2ScalingConfiguration? ServerlessV2ScalingConfiguration { get; init; }

    public required string DatabaseInsightsMode { get; init; }

    public IReadOnlyList<string>? EnabledCloudwatchLogsExports { get; init; }

    public required bool PerformanceInsightsEnabled { get; init; }

    public string? PerformanceInsightsKMSKeyId { get; init; }

    public int? PerformanceInsightsRetentionPeriod { get; init; }

    public int MonitoringInterval { get; init; }

    public string? MonitoringRoleArn { get; init; }

    public required string EngineLifecycleSupport { get; init; }

    public ClusterPendingModifiedValues? PendingModifiedValues { get; init; }

    public MasterUserSecret? MasterUserSecret { get; init; }

    /// <param name="pendingOf">ParameterApplyStatus of the cluster's group for a member.</param>
    public static DBCluster Of(
        Cluster cluster,
        IReadOnlyList<Instance> members,
        IReadOnlyList<CustomEndpoint> endpoints,
        IRoleCredentials roles,
        IReadOnlyDictionary<string, string> pendingOf
    ) =>
        new()
        {
            AvailabilityZones = cluster.AvailabilityZones,
            BackupRetentionPeriod = cluster.BackupRetentionPeriod,
            DatabaseName = cluster.DatabaseName,
            DBClusterIdentifier = cluster.Identifier,
            DBClusterParameterGroup = cluster.ParameterGroup,
            DBSubnetGroup = cluster.SubnetGroup,
            Status = StatusName.Of(cluster.Status),
            Endpoint = cluster.Address,
            ReaderEndpoint = cluster.ReaderAddress,
            CustomEndpoints = [.. endpoints.Select(endpoint => endpoint.Address)],
            MultiAZ = members.Select(member => member.AvailabilityZone).Distinct().Skip(1).Any(),
            Engine = cluster.Engine,
            EngineVersion = cluster.EngineVersion,
            Port = cluster.Port,
            MasterUsername = cluster.MasterUsername,
            PreferredBackupWindow = cluster.PreferredBackupWindow,
            PreferredMaintenanceWindow = cluster.PreferredMaintenanceWindow,
            DBClusterMembers =
            [
                .. members.Select(member => new DBClusterMember
                {
                    DBInstanceIdentifier = member.Identifier,
                    IsClusterWriter = member.Identifier == cluster.Writer,
                    DBClusterParameterGroupStatus = pendingOf.GetValueOrDefault(member.Identifier, "in-sync"),
                    PromotionTier = member.PromotionTier,
                }),
            ],
            VpcSecurityGroups = [.. cluster.VpcSecurityGroupIds.Select(id => new VpcSecurityGroupMembership { VpcSecurityGroupId = id })],
            HostedZoneId = HostedZones.Of(cluster.Region),
            StorageEncrypted = cluster.StorageEncrypted,
            KmsKeyId = cluster.KmsKeyId,
            DatabaseInsightsMode = cluster.InsightsMode,
            EnabledCloudwatchLogsExports = cluster.LogExports is { Count: > 0 } exports ? exports : null,
            PerformanceInsightsEnabled = cluster.Insights is not null,
            PerformanceInsightsKMSKeyId = cluster.Insights?.KmsKeyId,
            PerformanceInsightsRetentionPeriod = cluster.Insights?.RetentionPeriod,
            MonitoringInterval = cluster.Monitoring?.Interval ?? 0,
            MonitoringRoleArn = cluster.Monitoring?.RoleArn,
            DbClusterResourceId = cluster.ResourceId,
            DBClusterArn = cluster.Arn,
            AssociatedRoles =
            [
                .. cluster.Roles.Select(role => new DBClusterRole
                {
                    RoleArn = role.RoleArn,
                    FeatureName = role.FeatureName,
                    Status = roles.WhyNot(new DatabaseRole(role.RoleArn, cluster.AccountId, cluster.Arn)) is null ? "ACTIVE" : "INVALID",
                }),
            ],
            IAMDatabaseAuthenticationEnabled = cluster.IamAuthentication,
            ClusterCreateTime = cluster.CreateTime,
            StorageType = cluster.StorageType == "aurora" ? null : cluster.StorageType,
            AutoMinorVersionUpgrade = cluster.AutoMinorVersionUpgrade,
            DeletionProtection = cluster.DeletionProtection,
            CopyTagsToSnapshot = cluster.CopyTagsToSnapshot,
            TagList = Tag.List(cluster.Tags),
            ServerlessV2ScalingConfiguration = cluster.Serverless is { } serverless
                ? new ServerlessV2ScalingConfiguration
                {
                    MinCapacity = serverless.MinCapacity,
                    MaxCapacity = serverless.MaxCapacity,
                    SecondsUntilAutoPause = serverless.SecondsUntilAutoPause,
                }
                : null,
            EngineLifecycleSupport = cluster.EngineLifecycleSupport,
            MasterUserSecret = MasterUserSecret.Of(cluster, cluster.Status == ClusterStatus.Creating),
            PendingModifiedValues = cluster is { PendingPasswordVerifier: null, PendingIdentifier: null }
                ? null
                : new ClusterPendingModifiedValues
                {
                    MasterUserPassword = cluster.PendingPasswordVerifier is null ? null : "****",
                    DBClusterIdentifier = cluster.PendingIdentifier,
                },
        };
}

internal sealed record ClusterPendingModifiedValues
{
    /// <summary>Shows that a new password is pending; never the password itself.</summary>
    public string? MasterUserPassword { get; init; }

    public string? DBClusterIdentifier { get; init; }
}

internal sealed record DBClusterMember
{
    public required string DBInstanceIdentifier { get; init; }

    public required bool IsClusterWriter { get; init; }

    public required string DBClusterParameterGroupStatus { get; init; }

    public required int PromotionTier { get; init; }
}

internal sealed record VpcSecurityGroupMembership
{
    public required string VpcSecurityGroupId { get; init; }

    public string Status { get; init; } = "active";
}

internal sealed record DBClusterRole
{
    public required string RoleArn { get; init; }

    public required string Status { get; init; }

    public required string FeatureName { get; init; }
}
