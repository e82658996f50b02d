using System.Collections.Immutable;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Rds.Clusters;
using Daybreak.Cloud.Rds.Engines;
using Daybreak.Cloud.Rds.Settings;
using Daybreak.Cloud.Rds.States;

namespace Daybreak.Cloud.Rds.Instances;

/// <summary>Checks of an instance's properties.</summary>
internal static class InstanceRules
{
    private const string Member = "The requested DB Instance will be a member of a DB Cluster.";
    private const int MostTier = 15;

    /// <summary>
    /// Certificate authorities; the first is the default. They are shown but have no effect: an authority of ours issues the certificates.
    /// </summary>
    public static readonly ImmutableArray<string> Certificates = ["rds-ca-rsa2048-g1", "rds-ca-ecc384-g1", "rds-ca-rsa4096-g1"];

    /// <summary>Refuses what is not possible for an instance without a cluster.</summary>
    public static void Standalone(CreateDBInstanceMessage request)
    {
        if (request.PromotionTier is not null)
            throw RdsErrors.InvalidCombination("PromotionTier can be set for members of a DB cluster only.");
        if (request.NetworkType is not (null or "IPV4"))
            throw NotImplemented.Of($"the network type {request.NetworkType}");
        License(request.LicenseModel, DatabaseEngine.Postgres);
    }

    /// <summary>Refuses modifications that belong to the cluster and not to its members.</summary>
    public static void BelongsToTheCluster(ModifyDBInstanceMessage request)
    {
        if (request.AllocatedStorage is not null)
            throw RdsErrors.InvalidCombination(
                "The specified DB instance is a member of a DB Cluster. Storage grows based on usage. You don't need to set it explicitly."
            );
        var what =
            request.VpcSecurityGroupIds is { Count: > 0 } ? "vpc security group"
            : request.MasterUserPassword is not null
            || request.ManageMasterUserPassword is not null
            || request.RotateMasterUserPassword == true
            || !string.IsNullOrEmpty(request.MasterUserSecretKmsKeyId)
                ? "master user password"
            : request.BackupRetentionPeriod is not null ? "backup retention"
            : request.PreferredBackupWindow is not null ? "backup window"
            : request.DeletionProtection is not null ? "deletion protection"
            : request.EnableIAMDatabaseAuthentication is not null ? "IAM database authentication"
            : request.EngineVersion is not null ? "engine version"
            : request.DBPortNumber is not null ? "database endpoint port number"
            : request.DBSubnetGroupName is not null ? "DB subnet group"
            : NamesStorage(request) ? "storage"
            : null;
        if (what is not null)
            throw RdsErrors.BelongsToTheCluster(what);
        if (request.CloudwatchLogsExportConfiguration is not null)
            throw NotImplemented.Of("CloudwatchLogsExportConfiguration of a member of a DB cluster: its cluster has it");
    }

    public static bool NamesStorage(ModifyDBInstanceMessage request) =>
        request.AllocatedStorage is not null
        || request.StorageType is not null
        || request.Iops is not null
        || request.StorageThroughput is not null
        || request.MaxAllocatedStorage is not null;

    /// <summary>Refuses properties that the cluster determines.</summary>
    public static void BelongsToTheCluster(CreateDBInstanceMessage request)
    {
        if (request.MasterUsername is not null)
            throw RdsErrors.InvalidCombination($"{Member} Set master user name for the DB Cluster.");
        if (
            request.MasterUserPassword is not null
            || request.ManageMasterUserPassword is not null
            || !string.IsNullOrEmpty(request.MasterUserSecretKmsKeyId)
        )
            throw RdsErrors.InvalidCombination($"{Member} Set master user password for the DB Cluster.");
        if (request.BackupRetentionPeriod is not null)
            throw RdsErrors.InvalidCombination($"{Member} Set backup retention period for the DB Cluster.");
        if (request.PreferredBackupWindow is not null)
            throw RdsErrors.InvalidCombination($"{Member} Set backup window for the DB Cluster.");
        if (request.VpcSecurityGroupIds is { Count: > 0 })
            throw RdsErrors.InvalidCombination($"{Member[..^1]} and its vpc security group should not be set directly.");
        if (request.AllocatedStorage is not null)
            throw RdsErrors.InvalidCombination($"{Member} Set allocated storage for the DB Cluster.");
        if (request.DBName is not null)
            throw RdsErrors.InvalidCombination($"{Member} Set database name for the DB Cluster.");
        if (request.EnableIAMDatabaseAuthentication is not null)
            throw RdsErrors.InvalidCombination($"{Member} Set IAM database authentication for the DB Cluster.");
        if (request.DeletionProtection is not null)
            throw RdsErrors.InvalidCombination($"{Member} Set deletion protection for the DB Cluster.");
        if (request.Iops is not null || request.StorageThroughput is not null || request.MaxAllocatedStorage is not null)
            throw RdsErrors.InvalidCombination($"{Member} Set storage for the DB Cluster.");
        if (request.EnableCloudwatchLogsExports is { Count: > 0 })
            throw NotImplemented.Of("EnableCloudwatchLogsExports of a member of a DB cluster: its cluster has it");
        License(request.LicenseModel, DatabaseEngine.AuroraPostgres);
    }

    public static void FitsTheCluster(CreateDBInstanceMessage request, Cluster cluster)
    {
        if (request.Engine != cluster.Engine)
            throw RdsErrors.InvalidCombination(
                $"The engine name requested for your DB instance ({request.Engine}) doesn't match the engine name of your DB "
                    + $"cluster ({cluster.Engine})."
            );
        if (request.EngineVersion is { } version && !cluster.HasVersion(version))
            throw RdsErrors.InvalidCombination(
                $"The engine version that you requested for your DB instance ({version}) does not match the engine version of your "
                    + $"DB cluster ({cluster.EngineVersion})."
            );
        if (request.Port is { } port && port != cluster.Port)
            throw RdsErrors.InvalidCombination($"{Member} Set port for the DB Cluster.");
        if (request.StorageEncrypted is { } encrypted && encrypted != cluster.StorageEncrypted)
            throw RdsErrors.InvalidCombination($"{Member} Set storage encryption for the DB Cluster.");
        if (
            request.KmsKeyId is { } key
            && (!cluster.StorageEncrypted || EncryptionKey.Find(key, cluster.AccountId, cluster.Region) != cluster.KmsKeyId)
        )
            throw RdsErrors.InvalidCombination($"{Member} Set KMS key for the DB Cluster.");
        if (request.StorageType is { } type && type != cluster.StorageType)
            throw RdsErrors.InvalidCombination($"{Member} Set storage type for the DB Cluster.");
        if (request.DBSubnetGroupName is { } group && !group.Equals(cluster.SubnetGroup, StringComparison.OrdinalIgnoreCase))
            throw RdsErrors.InvalidCombination(
                $"The DB instance and the DB cluster must have the same DB subnet group; that of the cluster is {cluster.SubnetGroup}."
            );
        _ = Class(request.DBInstanceClass!, cluster);
        StateTable.Check("CreateDBInstance", cluster);
    }

    /// <summary>Whether an instance without a cluster may be deleted in this way.</summary>
    public static void MayGo(DeleteDBInstanceMessage request, Cluster own)
    {
        if (own.DeletionProtection)
            throw RdsErrors.InvalidCombination("Cannot delete protected DB Instance, please disable deletion protection and try again.");
        var named = !string.IsNullOrEmpty(request.FinalDBSnapshotIdentifier);
        if (request.SkipFinalSnapshot == true && named)
            throw RdsErrors.InvalidCombination("You cannot specify both FinalDBSnapshotIdentifier and SkipFinalSnapshot");
        if (named)
            throw NotImplemented.Of("the parameter FinalDBSnapshotIdentifier of DeleteDBInstance");
        if (request.SkipFinalSnapshot != true)
            throw RdsErrors.InvalidCombination("FinalDBSnapshotIdentifier is required unless SkipFinalSnapshot is specified.");
    }

    public static string Class(string name, Cluster cluster)
    {
        if (!DatabaseEngine.Find(cluster.Engine)!.Classes.Contains(name))
        {
            throw RdsErrors.InvalidCombination(
                $"RDS does not support creating a DB instance with the following combination: DBInstanceClass={name}, "
                    + $"Engine={cluster.Engine}, "
                    + $"EngineVersion={cluster.EngineVersion}, LicenseModel=postgresql-license. For supported combinations of "
                    + "instance class and database engine version, see the documentation."
            );
        }
        return name != InstanceClasses.Serverless || cluster.Serverless is not null
            ? name
            : throw RdsErrors.InvalidCombination(
                "Set the Serverless v2 scaling configuration on the parent DB cluster before creating a Serverless v2 DB instance."
            );
    }

    /// <summary>For an instance without a cluster, which may have no backups.</summary>
    public static int BackupRetention(int? days) =>
        days is < 0 or > 35
            ? throw RdsErrors.InvalidValue($"Invalid backup retention period: {days}. Must be between 0 and 35")
            : days ?? 1;

    public static string? Certificate(string? identifier) =>
        identifier is null || Certificates.Contains(identifier) ? identifier : throw RdsErrors.CertificateNotFound(identifier);

    public static int Tier(int? tier) =>
        tier switch
        {
            null => 1,
            < 0 or > MostTier => throw RdsErrors.InvalidValue($"Invalid promotion tier: {tier}. Must be between 0 and {MostTier}"),
            { } valid => valid,
        };

    private static void License(string? model, DatabaseEngine engine)
    {
        if (model is not (null or "postgresql-license"))
            throw RdsErrors.InvalidCombination(
                $"Invalid license model '{model}' for engine '{engine}'. Valid license models are: postgresql-license."
            );
    }
}
