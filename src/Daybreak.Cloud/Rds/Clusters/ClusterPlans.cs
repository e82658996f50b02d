using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Rds.Engines;
using Daybreak.Cloud.Rds.ParameterGroups;
using Daybreak.Cloud.Rds.Servers;
using Daybreak.Cloud.Rds.Settings;
using Daybreak.Cloud.Rds.SubnetGroups;
using Daybreak.Cloud.Rds.Tags;

namespace Daybreak.Cloud.Rds.Clusters;

/// <summary>Determines a new cluster from the request, after checks against existing resources, and AWS's defaults.</summary>
internal sealed class ClusterPlans(
    DatabaseEngines engines,
    ParameterGroupSet parameterGroups,
    SubnetGroupOperations subnetGroups,
    ISubnets subnets,
    MonitoringRoles monitoringRoles,
    TimeProvider time
)
{
    /// <summary>User, password and database are parameters, not the request's, because a restored cluster has its snapshot's.</summary>
    public async Task<Cluster> NewAsync(
        CreateDBClusterMessage request,
        string masterUsername,
        string passwordVerifier,
        string? databaseName,
        OperationContext context
    )
    {
        var identifier = RdsName.New(request.DBClusterIdentifier, "DBClusterIdentifier");
        var engine = DatabaseEngines.Engine(request.Engine);
        if (engine != DatabaseEngine.AuroraPostgres)
            throw NotImplemented.Of($"Multi-AZ DB clusters (the engine {engine} of CreateDBCluster)");
        var version = await engines.ChooseAsync(engine, request.EngineVersion);
        if (request.EngineMode is not (null or "provisioned"))
            throw RdsErrors.InvalidCombination($"The engine mode {request.EngineMode} you requested is currently unavailable.");
        if (request.NetworkType is not (null or "IPV4"))
            throw NotImplemented.Of($"the network type {request.NetworkType}");
        Backtrack.IsOff(request.BacktrackWindow);
        var mode = InsightsMode.Of(request.DatabaseInsightsMode, InsightsMode.Standard);
        var port = ClusterRules.Port(request.Port);
        var subnetGroup = subnetGroups.Usable((request.DBSubnetGroupName ?? SubnetGroup.Default).ToLowerInvariant(), context);
        var family = engine.Family(version.Major);
        return new Cluster
        {
            AccountId = context.AccountId,
            Region = context.Region,
            Identifier = identifier,
            ResourceId = ResourceIds.New("cluster"),
            EngineVersion = version.Text,
            StandIn = await engines.StandInAsync(version),
            Port = port,
            DatabaseName = databaseName,
            MasterUsername = masterUsername,
            PasswordVerifier = passwordVerifier,
            IamAuthentication = request.EnableIAMDatabaseAuthentication ?? false,
            ParameterGroup = await ParameterGroupAsync(request.DBClusterParameterGroupName, family, context),
            SubnetGroup = subnetGroup.Name,
            VpcSecurityGroupIds = SecurityGroups(request.VpcSecurityGroupIds, subnetGroup.VpcId, context),
            AvailabilityZones = request.AvailabilityZones is { Count: > 0 } zones
                ? zones
                :
                [
                    .. subnetGroup
                        .Subnets.Select(subnet => subnet.AvailabilityZone)
                        .Concat(subnets.OfDefaultVpc(context.AccountId, context.Region).Select(subnet => subnet.AvailabilityZone))
                        .Distinct()
                        .Take(3),
                ],
            BackupRetentionPeriod = ClusterRules.BackupRetention(request.BackupRetentionPeriod),
            PreferredBackupWindow = ClusterRules.BackupWindow(request.PreferredBackupWindow),
            PreferredMaintenanceWindow = ClusterRules.MaintenanceWindow(request.PreferredMaintenanceWindow),
            StorageEncrypted = request.StorageEncrypted ?? false,
            KmsKeyId = EncryptionKey.OfStorage(request.StorageEncrypted ?? false, request.KmsKeyId, context.AccountId, context.Region),
            Insights = PerformanceInsights.Of(
                request.EnablePerformanceInsights,
                request.PerformanceInsightsKMSKeyId,
                request.PerformanceInsightsRetentionPeriod,
                mode,
                null,
                context.AccountId,
                context.Region
            ),
            InsightsMode = mode,
            Monitoring = EnhancedMonitoring.Of(request.MonitoringInterval, request.MonitoringRoleArn, null, monitoringRoles, context),
            LogExports = LogExports.Of(request.EnableCloudwatchLogsExports, engine.Name, version.Text),
            StorageType = ClusterRules.Storage(request.StorageType),
            DeletionProtection = request.DeletionProtection ?? false,
            CopyTagsToSnapshot = request.CopyTagsToSnapshot ?? false,
            AutoMinorVersionUpgrade = request.AutoMinorVersionUpgrade ?? true,
            EngineLifecycleSupport = request.EngineLifecycleSupport ?? "open-source-rds-extended-support",
            Serverless = ClusterRules.Serverless(request.ServerlessV2ScalingConfiguration),
            Tags = Tag.Merge(new Dictionary<string, string>(), request.Tags),
            Status = ClusterStatus.Creating,
            CreateTime = time.GetUtcNow(),
            Address = ServerAddress.Free(port),
            ReaderAddress = ServerAddress.Free(port),
        };
    }

    /// <exception cref="Aws.AwsException">DBClusterParameterGroupNotFound, or the group is of another family.</exception>
    public Task<string> ParameterGroupAsync(string? name, string family, OperationContext context) =>
        parameterGroups.ChooseAsync(name, family, context, RdsErrors.ClusterParameterGroupNotFound);

    /// <exception cref="Aws.AwsException">The group does not exist, or is in another VPC.</exception>
    public IReadOnlyList<string> SecurityGroups(IReadOnlyList<string>? asked, string vpc, OperationContext context) =>
        new NetworkRules(subnets).SecurityGroups(asked, vpc, context);
}
