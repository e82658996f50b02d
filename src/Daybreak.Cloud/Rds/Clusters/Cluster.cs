using System.Text.Json.Serialization;
using Daybreak.Cloud.Rds.Engines;
using Daybreak.Cloud.Rds.MasterPasswords;
using Daybreak.Cloud.Rds.Settings;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Rds.Clusters;

/// <summary>A DB cluster as stored. It is immutable: every change makes a new value.</summary>
internal sealed record Cluster
{
    public required string AccountId { get; init; }

    public required string Region { get; init; }

    public required string Identifier { get; init; }

    /// <c>cluster-</c> and 26 letters; never reused.
    public required string ResourceId { get; init; }

    public string Engine { get; init; } = DatabaseEngine.AuroraPostgres.Name;

    /// <summary>
    /// The identifier of an instance without a cluster, for which this hidden cluster stores what a cluster decides for its members. The
    /// API does not show such a cluster. Null for every real cluster.
    /// </summary>
    public string? OnlyInstance { get; init; }

    /// <summary>The requested version; its major decides which PostgreSQL runs.</summary>
    public required string EngineVersion { get; init; }

    /// <summary>The major that runs if that of <see cref="EngineVersion"/> was not installed.</summary>
    public int? StandIn { get; init; }

    public required int Port { get; init; }

    public string? DatabaseName { get; init; }

    public required string MasterUsername { get; init; }

    /// <summary>SCRAM-SHA-256 verifier of the master user's password, which itself is not stored.</summary>
    public required string PasswordVerifier { get; init; }

    /// <summary>The verifier of a new password that waits for the maintenance window.</summary>
    public string? PendingPasswordVerifier { get; init; }

    /// <summary>The secret with the password, when RDS manages it.</summary>
    public MasterSecret? MasterSecret { get; init; }

    /// <summary>Whether members of <c>rds_iam</c> log in with tokens.</summary>
    public bool IamAuthentication { get; init; }

    /// <summary>The new identifier that waits for the maintenance window.</summary>
    public string? PendingIdentifier { get; init; }

    public required string ParameterGroup { get; init; }

    public required string SubnetGroup { get; init; }

    public required IReadOnlyList<string> VpcSecurityGroupIds { get; init; }

    public required IReadOnlyList<string> AvailabilityZones { get; init; }

    public int BackupRetentionPeriod { get; init; } = 1;

    public required string PreferredBackupWindow { get; init; }

    public required string PreferredMaintenanceWindow { get; init; }

    public bool StorageEncrypted { get; init; }

    /// <summary>ARN; null when the storage is not encrypted.</summary>
    public string? KmsKeyId { get; init; }

    public PerformanceInsights? Insights { get; init; }

    public string InsightsMode { get; init; } = Settings.InsightsMode.Standard;

    public EnhancedMonitoring? Monitoring { get; init; }

    /// <summary>The logs that go to CloudWatch Logs.</summary>
    public IReadOnlyList<string> LogExports { get; init; } = [];

    public string StorageType { get; init; } = "aurora";

    public bool DeletionProtection { get; init; }

    public bool CopyTagsToSnapshot { get; init; }

    public bool AutoMinorVersionUpgrade { get; init; } = true;

    public string EngineLifecycleSupport { get; init; } = "open-source-rds-extended-support";

    public ServerlessV2Scaling? Serverless { get; init; }

    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    public IReadOnlyList<ClusterRole> Roles { get; init; } = [];

    public required ClusterStatus Status { get; init; }

    public required DateTimeOffset CreateTime { get; init; }

    /// <summary>The loopback address of the current writer.</summary>
    public required string Address { get; init; }

    /// <summary>The loopback address that distributes connections over the readers.</summary>
    public required string ReaderAddress { get; init; }

    /// <summary>Whether the data does not contain the password yet, because there was no writer.</summary>
    public bool PasswordWaits { get; init; }

    /// <summary>Resource id of the snapshot whose data must still be restored; null when the cluster has its data.</summary>
    public string? RestoresSnapshot { get; init; }

    /// <summary>Identifier of the writer; null while there is no instance.</summary>
    public string? Writer { get; init; }

    [JsonIgnore]
    public ResourceKey Key => new(AccountId, Region, Identifier);

    [JsonIgnore]
    public int Major => int.Parse(EngineVersion.Split('.')[0], System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Whether the text is this version or its major alone, which users of Terraform often write.</summary>
    public bool HasVersion(string asked) => asked == EngineVersion || asked == $"{Major}";

    /// <summary>The major of the PostgreSQL that made the data.</summary>
    [JsonIgnore]
    public int ServerMajor => StandIn ?? Major;

    /// <summary>Says which PostgreSQL runs if it is not the requested one.</summary>
    [JsonIgnore]
    public string? StandInNote =>
        StandIn is { } major
            ? $"PostgreSQL {major} runs in place of the engine version {EngineVersion}, which this machine does not have."
            : null;

    [JsonIgnore]
    public string Family => DatabaseEngine.Find(Engine)!.Family(Major);

    /// <summary>The owner of the roles: <c>cluster</c> or <c>instance</c>.</summary>
    [JsonIgnore]
    public string Kind => OnlyInstance is null ? "cluster" : "instance";

    [JsonIgnore]
    public string Name => OnlyInstance ?? Identifier;

    /// <summary>Loopback addresses other than those of instances.</summary>
    [JsonIgnore]
    public IEnumerable<string> SharedAddresses => OnlyInstance is null ? [Address, ReaderAddress] : [];

    [JsonIgnore]
    public string Arn => RdsArn.Of(AccountId, Region, OnlyInstance is null ? RdsArn.Cluster : RdsArn.Instance, Name);
}

/// <param name="FeatureName">The feature that uses the role: <c>Lambda</c>.</param>
internal sealed record ClusterRole(string RoleArn, string FeatureName);

/// <summary>In Aurora capacity units. It is shown but has no effect: every server can use the whole machine.</summary>
internal sealed record ServerlessV2Scaling(double MinCapacity, double MaxCapacity, int? SecondsUntilAutoPause = null);

internal enum ClusterStatus
{
    Creating,
    Available,
    Modifying,
    FailingOver,
    Stopping,
    Stopped,
    Starting,
    Deleting,

    /// <summary>PostgreSQL could not be prepared for it, or its snapshot not copied. It can only be deleted.</summary>
    Failed,
}
