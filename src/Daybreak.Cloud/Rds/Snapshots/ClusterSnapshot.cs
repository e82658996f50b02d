using System.Text.Json.Serialization;
using Daybreak.Cloud.Rds.Clusters;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Rds.Snapshots;

/// <summary>
/// A snapshot of a DB cluster as stored: the cluster's properties when it was taken. Its data is in a separate directory.
/// </summary>
internal sealed record ClusterSnapshot
{
    public required string AccountId { get; init; }

    public required string Region { get; init; }

    public required string Identifier { get; init; }

    /// <c>snapshot-</c> and 26 letters; never reused; names the directory.
    public required string ResourceId { get; init; }

    public required string ClusterIdentifier { get; init; }

    public required string ClusterResourceId { get; init; }

    public required DateTimeOffset ClusterCreateTime { get; init; }

    public required DateTimeOffset CreateTime { get; init; }

    public required string EngineVersion { get; init; }

    public required int Port { get; init; }

    public string? DatabaseName { get; init; }

    public required string MasterUsername { get; init; }

    /// <summary>SCRAM-SHA-256 verifier of the master user's password.</summary>
    public required string PasswordVerifier { get; init; }

    public bool IamAuthentication { get; init; }

    public required string VpcId { get; init; }

    public required IReadOnlyList<string> AvailabilityZones { get; init; }

    public required int BackupRetentionPeriod { get; init; }

    public required string PreferredBackupWindow { get; init; }

    public required bool StorageEncrypted { get; init; }

    public string? KmsKeyId { get; init; }

    public required string StorageType { get; init; }

    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>ARN of the snapshot that this one is a copy of.</summary>
    public string? SourceArn { get; init; }

    public required SnapshotStatus Status { get; init; }

    [JsonIgnore]
    public ResourceKey Key => new(AccountId, Region, Identifier);

    /// <summary>The same as the cluster's property of that name.</summary>
    public int? StandIn { get; init; }

    [JsonIgnore]
    public int ServerMajor => StandIn ?? Major;

    [JsonIgnore]
    public int Major => int.Parse(EngineVersion.Split('.')[0], System.Globalization.CultureInfo.InvariantCulture);

    [JsonIgnore]
    public string Arn => RdsArn.Of(AccountId, Region, RdsArn.ClusterSnapshot, Identifier);

    public static ClusterSnapshot Of(
        Cluster cluster,
        string identifier,
        string vpcId,
        IReadOnlyDictionary<string, string> tags,
        DateTimeOffset now
    ) =>
        new()
        {
            AccountId = cluster.AccountId,
            Region = cluster.Region,
            Identifier = identifier,
            ResourceId = ResourceIds.New("snapshot"),
            ClusterIdentifier = cluster.Identifier,
            ClusterResourceId = cluster.ResourceId,
            ClusterCreateTime = cluster.CreateTime,
            CreateTime = now,
            EngineVersion = cluster.EngineVersion,
            StandIn = cluster.StandIn,
            Port = cluster.Port,
            DatabaseName = cluster.DatabaseName,
            MasterUsername = cluster.MasterUsername,
            PasswordVerifier = cluster.PasswordVerifier,
            IamAuthentication = cluster.IamAuthentication,
            VpcId = vpcId,
            AvailabilityZones = cluster.AvailabilityZones,
            BackupRetentionPeriod = cluster.BackupRetentionPeriod,
            PreferredBackupWindow = cluster.PreferredBackupWindow,
            StorageEncrypted = cluster.StorageEncrypted,
            KmsKeyId = cluster.KmsKeyId,
            StorageType = cluster.StorageType,
            Tags = tags,
            Status = SnapshotStatus.Creating,
        };
}

internal enum SnapshotStatus
{
    Creating,
    Copying,
    Available,
    Failed,
}
