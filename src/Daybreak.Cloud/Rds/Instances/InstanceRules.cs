using System.Collections.Immutable;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Rds.Clusters;
using Daybreak.Cloud.Rds.Engines;

namespace Daybreak.Cloud.Rds.Instances;

/// <summary>Checks of what an instance is asked to be.</summary>
internal static class InstanceRules
{
    private const string Member = "The requested DB Instance will be a member of a DB Cluster.";
    private const int MostTier = 15;

    /// <summary>Of authorities; the first is the default. Shown, and without effect: certificates are those of an authority of ours.</summary>
    public static readonly ImmutableArray<string> Certificates = ["rds-ca-rsa2048-g1", "rds-ca-ecc384-g1", "rds-ca-rsa4096-g1"];

    /// <summary>What the cluster decides cannot be asked of an instance.</summary>
    public static void BelongsToTheCluster(CreateDBInstanceMessage request)
    {
        if (request.MasterUsername is not null)
            throw RdsErrors.InvalidCombination($"{Member} Set master user name for the DB Cluster.");
        if (request.MasterUserPassword is not null)
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
        Monitoring(request.MonitoringInterval);
        if (request.LicenseModel is not (null or "postgresql-license"))
            throw RdsErrors.InvalidCombination($"Invalid license model '{request.LicenseModel}' for engine 'aurora-postgresql'. Valid license models are: postgresql-license.");
    }

    public static void FitsTheCluster(CreateDBInstanceMessage request, Cluster cluster)
    {
        if (request.Engine != DatabaseEngines.AuroraPostgres)
            throw RdsErrors.InvalidCombination($"The engine name requested for your DB instance ({request.Engine}) doesn't match the engine name of your DB cluster ({DatabaseEngines.AuroraPostgres}).");
        if (request.EngineVersion is { } version && version != cluster.EngineVersion)
            throw RdsErrors.InvalidCombination($"The engine version that you requested for your DB instance ({version}) does not match the engine version of your DB cluster ({cluster.EngineVersion}).");
        if (request.Port is { } port && port != cluster.Port)
            throw RdsErrors.InvalidCombination($"{Member} Set port for the DB Cluster.");
        if (request.StorageEncrypted is { } encrypted && encrypted != cluster.StorageEncrypted)
            throw RdsErrors.InvalidCombination($"{Member} Set storage encryption for the DB Cluster.");
        if (request.StorageType is { } type && type != cluster.StorageType)
            throw RdsErrors.InvalidCombination($"{Member} Set storage type for the DB Cluster.");
        if (request.DBSubnetGroupName is { } group && !group.Equals(cluster.SubnetGroup, StringComparison.OrdinalIgnoreCase))
            throw RdsErrors.InvalidCombination($"The DB instance and the DB cluster must have the same DB subnet group; that of the cluster is {cluster.SubnetGroup}.");
        _ = Class(request.DBInstanceClass!, cluster);
        if (cluster.Status is not (ClusterStatus.Available or ClusterStatus.Creating))
            throw RdsErrors.InvalidClusterState($"DB cluster is not in available state. Current status: {StatusName.Of(cluster.Status)}");
    }

    public static string Class(string name, Cluster cluster)
    {
        if (!InstanceClasses.All.Contains(name))
        {
            throw RdsErrors.InvalidCombination(
                $"RDS does not support creating a DB instance with the following combination: DBInstanceClass={name}, Engine={DatabaseEngines.AuroraPostgres}, "
                + $"EngineVersion={cluster.EngineVersion}, LicenseModel=postgresql-license. For supported combinations of instance class and database engine version, see the documentation.");
        }
        return name != InstanceClasses.Serverless || cluster.Serverless is not null
            ? name
            : throw RdsErrors.InvalidCombination("Set the Serverless v2 scaling configuration on the parent DB cluster before creating a Serverless v2 DB instance.");
    }

    public static string? Certificate(string? identifier) =>
        identifier is null || Certificates.Contains(identifier) ? identifier : throw RdsErrors.CertificateNotFound(identifier);

    public static int Tier(int? tier) => tier switch
    {
        null => 1,
        < 0 or > MostTier => throw RdsErrors.InvalidValue($"Invalid promotion tier: {tier}. Must be between 0 and {MostTier}"),
        { } valid => valid,
    };

    public static void Monitoring(int? interval)
    {
        if (interval is not (null or 0))
            throw NotImplemented.Of("enhanced monitoring (MonitoringInterval other than 0)");
    }
}
