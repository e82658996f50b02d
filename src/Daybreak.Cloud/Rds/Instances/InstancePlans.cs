using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Postgres;
using Daybreak.Cloud.Rds.Clusters;
using Daybreak.Cloud.Rds.Engines;
using Daybreak.Cloud.Rds.MasterPasswords;
using Daybreak.Cloud.Rds.ParameterGroups;
using Daybreak.Cloud.Rds.Servers;
using Daybreak.Cloud.Rds.Settings;
using Daybreak.Cloud.Rds.SubnetGroups;
using Daybreak.Cloud.Rds.Tags;

namespace Daybreak.Cloud.Rds.Instances;

/// <summary>Determines a new instance from the request, after checks against existing resources, and AWS's defaults.</summary>
internal sealed class InstancePlans(
    DatabaseEngines engines,
    ClusterPlans clusterPlans,
    ParameterGroupSet parameterGroups,
    SubnetGroupOperations subnetGroups,
    ISubnets network,
    MonitoringRoles monitoringRoles,
    TimeProvider time
)
{
    private readonly NetworkRules _rules = new(network);

    /// <param name="cluster">Its cluster, or its hidden one.</param>
    /// <param name="members">The number of existing members.</param>
    public async Task<Instance> NewAsync(CreateDBInstanceMessage request, Cluster cluster, int members, OperationContext context)
    {
        var subnets = subnetGroups.Usable(cluster.SubnetGroup, context);
        var zones = subnets.Subnets.Select(subnet => subnet.AvailabilityZone).Distinct().Order(StringComparer.Ordinal).ToList();
        if (request.AvailabilityZone is { } zone && !zones.Contains(zone))
            throw RdsErrors.InvalidCombination(
                $"The requested Availability Zone {zone} is not one of the DB subnet group {subnets.Name}: {string.Join(", ", zones)}"
            );
        var chosenZone = request.AvailabilityZone ?? zones[members % zones.Count];
        _rules.HasRoom(subnets.Subnets.First(subnet => subnet.AvailabilityZone == chosenZone), context);
        _rules.AreOf(subnets.VpcId, cluster.VpcSecurityGroupIds, context);
        if (request.PubliclyAccessible == true)
            _rules.MayBePublic(subnets.VpcId, context);
        var standalone = cluster.OnlyInstance is not null;
        var mode = InsightsMode.Of(request.DatabaseInsightsMode, standalone ? InsightsMode.Standard : cluster.InsightsMode);
        return new Instance
        {
            AccountId = context.AccountId,
            Region = context.Region,
            Identifier = RdsName.New(request.DBInstanceIdentifier, "DBInstanceIdentifier"),
            ResourceId = standalone ? cluster.Identifier : ResourceIds.New("db"),
            ClusterIdentifier = cluster.Identifier,
            InstanceClass = InstanceRules.Class(request.DBInstanceClass!, cluster),
            AvailabilityZone = chosenZone,
            ParameterGroup = await parameterGroups.ChooseAsync(request.DBParameterGroupName, cluster.Family, context),
            PreferredMaintenanceWindow = ClusterRules.MaintenanceWindow(request.PreferredMaintenanceWindow),
            PromotionTier = InstanceRules.Tier(request.PromotionTier),
            PubliclyAccessible = request.PubliclyAccessible ?? network.HasInternetGateway(context.AccountId, context.Region, subnets.VpcId),
            AutoMinorVersionUpgrade = request.AutoMinorVersionUpgrade ?? true,
            CopyTagsToSnapshot = request.CopyTagsToSnapshot ?? false,
            CACertificateIdentifier = InstanceRules.Certificate(request.CACertificateIdentifier) ?? InstanceRules.Certificates[0],
            Storage = standalone
                ? InstanceStorage.Of(
                    request.StorageType,
                    request.AllocatedStorage,
                    request.Iops,
                    request.StorageThroughput,
                    request.MaxAllocatedStorage
                )
                : null,
            // Members inherit this from their cluster unless the request sets it.
            Insights = PerformanceInsights.Of(
                request.EnablePerformanceInsights,
                request.PerformanceInsightsKMSKeyId,
                request.PerformanceInsightsRetentionPeriod,
                mode,
                cluster.Insights,
                context.AccountId,
                context.Region
            ),
            InsightsMode = mode,
            Monitoring = EnhancedMonitoring.Of(
                request.MonitoringInterval,
                request.MonitoringRoleArn,
                cluster.Monitoring,
                monitoringRoles,
                context
            ),
            Tags = Tag.Merge(new Dictionary<string, string>(), request.Tags),
            Status = InstanceStatus.Creating,
            CreateTime = time.GetUtcNow(),
            Address = standalone ? cluster.Address : ServerAddress.Free(cluster.Port),
        };
    }

    /// <exception cref="Aws.AwsException">InvalidVPCNetworkStateFault</exception>
    public void MayBePublic(Cluster cluster, OperationContext context) =>
        _rules.MayBePublic(subnetGroups.Find(cluster.SubnetGroup, context).VpcId, context);

    /// <summary>Determines the hidden cluster of an instance without a cluster.</summary>
    public async Task<Cluster> OwnClusterAsync(CreateDBInstanceMessage request, OperationContext context)
    {
        var identifier = RdsName.New(request.DBInstanceIdentifier, "DBInstanceIdentifier");
        var engine = DatabaseEngines.Engine(request.Engine);
        if (engine != DatabaseEngine.Postgres)
            throw RdsErrors.InvalidCombination(
                $"An instance of the engine {engine} must be a member of a DB cluster: DBClusterIdentifier is missing."
            );
        InstanceRules.Standalone(request);
        var version = await engines.ChooseAsync(engine, request.EngineVersion);
        var port = ClusterRules.Port(request.Port);
        var subnetGroup = subnetGroups.Usable((request.DBSubnetGroupName ?? SubnetGroup.Default).ToLowerInvariant(), context);
        var isManaged = new PasswordRequest(
            request.ManageMasterUserPassword,
            request.MasterUserPassword,
            request.MasterUserSecretKmsKeyId
        ).IsManagedFromTheStart();
        var verifier = isManaged ? "" : ScramVerifier.Of(ClusterRules.Password(request.MasterUserPassword));
        return new Cluster
        {
            AccountId = context.AccountId,
            Region = context.Region,
            Identifier = ResourceIds.New("db"), // in upper case, unlike every name of a cluster
            OnlyInstance = identifier,
            ResourceId = ResourceIds.New("cluster"),
            Engine = engine.Name,
            EngineVersion = version.Text,
            StandIn = await engines.StandInAsync(version),
            Port = port,
            DatabaseName = ClusterRules.Database(request.DBName, "DBName"),
            MasterUsername = ClusterRules.User(request.MasterUsername),
            PasswordVerifier = verifier,
            IamAuthentication = request.EnableIAMDatabaseAuthentication ?? false,
            ParameterGroup = ParameterGroup.DefaultName(engine.Family(version.Major)),
            SubnetGroup = subnetGroup.Name,
            VpcSecurityGroupIds = clusterPlans.SecurityGroups(request.VpcSecurityGroupIds, subnetGroup.VpcId, context),
            AvailabilityZones = [],
            BackupRetentionPeriod = InstanceRules.BackupRetention(request.BackupRetentionPeriod),
            PreferredBackupWindow = ClusterRules.BackupWindow(request.PreferredBackupWindow),
            PreferredMaintenanceWindow = ClusterRules.MaintenanceWindow(request.PreferredMaintenanceWindow),
            StorageEncrypted = request.StorageEncrypted ?? false,
            KmsKeyId = EncryptionKey.OfStorage(request.StorageEncrypted ?? false, request.KmsKeyId, context.AccountId, context.Region),
            DeletionProtection = request.DeletionProtection ?? false,
            LogExports = LogExports.Of(request.EnableCloudwatchLogsExports, engine.Name, version.Text),
            EngineLifecycleSupport = request.EngineLifecycleSupport ?? "open-source-rds-extended-support",
            Status = ClusterStatus.Available,
            CreateTime = time.GetUtcNow(),
            Writer = identifier,
            Address = ServerAddress.Free(port),
            ReaderAddress = "",
        };
    }
}
