using Daybreak.Cloud.FrontDoor.Shapes;
using Daybreak.Cloud.Rds.Tags;

namespace Daybreak.Cloud.Rds.Snapshots;

/// <summary>A snapshot of a cluster in responses.</summary>
internal sealed record DBClusterSnapshot
{
    [ItemName("AvailabilityZone")]
    public required IReadOnlyList<string> AvailabilityZones { get; init; }

    public required string DBClusterSnapshotIdentifier { get; init; }

    public required string DBClusterIdentifier { get; init; }

    public required DateTimeOffset SnapshotCreateTime { get; init; }

    public string Engine { get; init; } = Engines.DatabaseEngine.AuroraPostgres.Name;

    public string EngineMode { get; init; } = "provisioned";

    public int AllocatedStorage { get; init; } = 1;

    public required string Status { get; init; }

    public required int Port { get; init; }

    public required string VpcId { get; init; }

    public required DateTimeOffset ClusterCreateTime { get; init; }

    public required string MasterUsername { get; init; }

    public required string EngineVersion { get; init; }

    public string LicenseModel { get; init; } = "postgresql-license";

    public string SnapshotType { get; init; } = SnapshotOperations.Manual;

    public required int PercentProgress { get; init; }

    public required bool StorageEncrypted { get; init; }

    public string? KmsKeyId { get; init; }

    public required int BackupRetentionPeriod { get; init; }

    public required string PreferredBackupWindow { get; init; }

    public required string DBClusterSnapshotArn { get; init; }

    public string? SourceDBClusterSnapshotArn { get; init; }

    public required bool IAMDatabaseAuthenticationEnabled { get; init; }

    [ItemName("Tag")]
    public required IReadOnlyList<Tag> TagList { get; init; }

    public required string StorageType { get; init; }

    public required string DbClusterResourceId { get; init; }

    public static DBClusterSnapshot Of(ClusterSnapshot snapshot) =>
        new()
        {
            AvailabilityZones = snapshot.AvailabilityZones,
            DBClusterSnapshotIdentifier = snapshot.Identifier,
            DBClusterIdentifier = snapshot.ClusterIdentifier,
            SnapshotCreateTime = snapshot.CreateTime,
            Status = StatusName.Of(snapshot.Status),
            Port = snapshot.Port,
            VpcId = snapshot.VpcId,
            ClusterCreateTime = snapshot.ClusterCreateTime,
            MasterUsername = snapshot.MasterUsername,
            EngineVersion = snapshot.EngineVersion,
            PercentProgress = snapshot.Status == SnapshotStatus.Available ? 100 : 0,
            StorageEncrypted = snapshot.StorageEncrypted,
            KmsKeyId = snapshot.KmsKeyId,
            BackupRetentionPeriod = snapshot.BackupRetentionPeriod,
            PreferredBackupWindow = snapshot.PreferredBackupWindow,
            DBClusterSnapshotArn = snapshot.Arn,
            SourceDBClusterSnapshotArn = snapshot.SourceArn,
            IAMDatabaseAuthenticationEnabled = snapshot.IamAuthentication,
            TagList = Tag.List(snapshot.Tags),
            StorageType = snapshot.StorageType,
            DbClusterResourceId = snapshot.ClusterResourceId,
        };
}
