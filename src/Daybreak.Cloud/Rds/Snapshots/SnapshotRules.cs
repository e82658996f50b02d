using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Rds.Clusters;
using Daybreak.Cloud.Rds.Engines;

namespace Daybreak.Cloud.Rds.Snapshots;

/// <summary>Checks of requests about snapshots.</summary>
internal static class SnapshotRules
{
    /// <summary>Returns the name of the final snapshot of a deleted cluster; null: none.</summary>
    /// <exception cref="Aws.AwsException">InvalidParameterCombination: the request names none without skipping it, or does
    /// both.</exception>
    public static string? Final(DeleteDBClusterMessage request)
    {
        var named = !string.IsNullOrEmpty(request.FinalDBSnapshotIdentifier);
        return request.SkipFinalSnapshot == true
            ? named
                ? throw RdsErrors.InvalidCombination("You cannot specify both FinalDBSnapshotIdentifier and SkipFinalSnapshot")
                : null
            : named
                ? RdsName.New(request.FinalDBSnapshotIdentifier, "FinalDBSnapshotIdentifier")
                : throw RdsErrors.InvalidCombination("FinalDBSnapshotIdentifier is required unless SkipFinalSnapshot is specified.");
    }

    /// <summary>
    /// Returns the request for the cluster of a restored snapshot: the request's values, otherwise the snapshot's, otherwise AWS's
    /// defaults.
    /// </summary>
    public static CreateDBClusterMessage NewCluster(RestoreDBClusterFromSnapshotMessage request, ClusterSnapshot snapshot)
    {
        if (snapshot.Status != SnapshotStatus.Available)
            throw RdsErrors.InvalidSnapshotState(
                $"The cluster snapshot {snapshot.Identifier} is not in the available state. Current status: "
                    + $"{StatusName.Of(snapshot.Status)}"
            );
        if (string.IsNullOrEmpty(request.Engine))
            throw RdsErrors.Missing("Engine");
        if (request.Engine != DatabaseEngine.AuroraPostgres.Name)
            throw RdsErrors.InvalidCombination(
                $"The engine {request.Engine} does not match that of the snapshot, {DatabaseEngine.AuroraPostgres.Name}."
            );
        if (!string.IsNullOrEmpty(request.DatabaseName) && request.DatabaseName != snapshot.DatabaseName)
            throw NotImplemented.Of("a DatabaseName of RestoreDBClusterFromSnapshot other than the snapshot's");
        if (
            request.EngineVersion is { Length: > 0 } version
            && version != snapshot.EngineVersion
            && Major(version) is var major
            && major != snapshot.Major
        )
        {
            throw major < snapshot.Major
                ? RdsErrors.InvalidCombination($"Cannot restore a snapshot of version {snapshot.EngineVersion} to the version {version}.")
                : NotImplemented.Of("the upgrade of a snapshot to another major version");
        }
        return new CreateDBClusterMessage
        {
            DBClusterIdentifier = request.DBClusterIdentifier,
            Engine = request.Engine,
            EngineVersion = string.IsNullOrEmpty(request.EngineVersion) ? snapshot.EngineVersion : request.EngineVersion,
            EngineMode = request.EngineMode,
            EngineLifecycleSupport = request.EngineLifecycleSupport,
            AvailabilityZones = request.AvailabilityZones,
            Port = request.Port ?? snapshot.Port,
            DBSubnetGroupName = request.DBSubnetGroupName,
            DBClusterParameterGroupName = request.DBClusterParameterGroupName,
            VpcSecurityGroupIds = request.VpcSecurityGroupIds,
            NetworkType = request.NetworkType,
            BackupRetentionPeriod = request.BackupRetentionPeriod ?? snapshot.BackupRetentionPeriod,
            PreferredBackupWindow = request.PreferredBackupWindow ?? snapshot.PreferredBackupWindow,
            StorageEncrypted = snapshot.StorageEncrypted || !string.IsNullOrEmpty(request.KmsKeyId), // a key encrypts unencrypted data
            KmsKeyId = request.KmsKeyId ?? snapshot.KmsKeyId,
            EnableIAMDatabaseAuthentication = request.EnableIAMDatabaseAuthentication,
            BacktrackWindow = request.BacktrackWindow,
            EnableCloudwatchLogsExports = request.EnableCloudwatchLogsExports,
            EnablePerformanceInsights = request.EnablePerformanceInsights,
            PerformanceInsightsKMSKeyId = request.PerformanceInsightsKMSKeyId,
            PerformanceInsightsRetentionPeriod = request.PerformanceInsightsRetentionPeriod,
            MonitoringInterval = request.MonitoringInterval,
            MonitoringRoleArn = request.MonitoringRoleArn,
            StorageType = request.StorageType ?? snapshot.StorageType,
            DeletionProtection = request.DeletionProtection,
            CopyTagsToSnapshot = request.CopyTagsToSnapshot,
            ServerlessV2ScalingConfiguration = request.ServerlessV2ScalingConfiguration,
            Tags = request.Tags,
        };
    }

    /// <summary>Returns 0 when the version is not valid; the engines then report it.</summary>
    private static int Major(string version) => int.TryParse(version.Split('.')[0], out var major) ? major : 0;
}
