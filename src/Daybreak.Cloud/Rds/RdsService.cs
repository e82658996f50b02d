using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.FrontDoor.Protocols;
using Daybreak.Cloud.Rds.Clusters;
using Daybreak.Cloud.Rds.Endpoints;
using Daybreak.Cloud.Rds.Engines;
using Daybreak.Cloud.Rds.Events;
using Daybreak.Cloud.Rds.Instances;
using Daybreak.Cloud.Rds.ParameterGroups;
using Daybreak.Cloud.Rds.Roles;
using Daybreak.Cloud.Rds.Servers;
using Daybreak.Cloud.Rds.Snapshots;
using Daybreak.Cloud.Rds.SubnetGroups;
using Daybreak.Cloud.Rds.Tags;
using Daybreak.Cloud.Rds.Unoffered;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Rds;

/// <summary>Amazon RDS, Aurora PostgreSQL above all: its operations, in the order of the API reference.</summary>
public sealed class RdsService : IDisposable
{
    private readonly EventLog events;
    private readonly DatabaseDirectory directory;
    private readonly ServerFiles files;
    private readonly RunningClusters running;
    private readonly ServerCredentials credentials;
    private readonly Maintenance maintenance;
    private readonly ClusterSnapshots snapshots;

    /// <param name="endpoint">Of the local AWS, for the servers' bridges.</param>
    public RdsService(
        StateStore store, ISubnets subnets, IInstanceNetwork network, IRoleCredentials roles, IPermissions permissions, Func<Uri> endpoint, CloudOptions options, TimeProvider time)
    {
        directory = new DatabaseDirectory(options.StateDirectory);
        events = new EventLog(store.Table("rds_events", RdsState.Default.DatabaseEvent), time);
        var engines = new DatabaseEngines(options.Postgres, () => directory.Templates);
        var engineOperations = new EngineOperations(engines, subnets);
        var databases = new Databases(store.Table("rds_clusters", RdsState.Default.Cluster), store.Table("rds_instances", RdsState.Default.Instance));

        // Groups
        var subnetGroupTable = store.Table("rds_subnet_groups", RdsState.Default.SubnetGroup);
        var subnetGroups = new SubnetGroupOperations(
            subnetGroupTable, subnets, databases.UserOfSubnetGroup);
        var places = new InstancePlaces(subnetGroups, network);
        (databases.Placed, databases.Removed) = (places.PlaceAsync, places.RemoveAsync);
        var clusterGroupTable = store.Table("rds_cluster_parameter_groups", RdsState.Default.ParameterGroup);
        var groupsOfClusters = new ParameterGroupSet(
            RdsArn.ClusterParameterGroup, "DBClusterParameterGroup", clusterGroupTable, engines,
            (context, name) => databases.Clusters(context).Any(cluster => cluster.ParameterGroup == name));
        var clusterGroups = new ClusterParameterGroups(groupsOfClusters);
        var instanceGroupTable = store.Table("rds_parameter_groups", RdsState.Default.ParameterGroup);
        var groupsOfInstances = new ParameterGroupSet(
            RdsArn.ParameterGroup, "DBParameterGroup", instanceGroupTable, engines,
            (context, name) => databases.Instances(context).Any(instance => instance.ParameterGroup == name));
        var instanceGroups = new InstanceParameterGroups(groupsOfInstances);

        // Servers
        files = new ServerFiles(directory);
        credentials = new ServerCredentials(databases.Find, roles, places, endpoint);
        var customEndpoints = new CustomEndpoints(store.Table("rds_cluster_endpoints", RdsState.Default.CustomEndpoint));
        var start = new ServerStart(
            engines, files, new ServerCertificates(() => directory.Authority, time), groupsOfClusters, groupsOfInstances, credentials, customEndpoints,
            throwAway: options.StateDirectory is null);
        snapshots = new ClusterSnapshots(
            store.Table("rds_cluster_snapshots", RdsState.Default.ClusterSnapshot),
            new SnapshotFiles(directory, files, engines, throwAway: options.StateDirectory is null), events, time);
        running = new RunningClusters(new ClusterParts(databases, start, files, credentials, snapshots, customEndpoints, events, options.Failed));
        maintenance = new Maintenance(databases, running, options.Failed, time);
        groupsOfClusters.Changed = (context, name) => ReloadAsync(databases.Clusters(context).Where(cluster => cluster.ParameterGroup == name));
        groupsOfInstances.Changed = (context, name) => ReloadAsync(
            databases.Instances(context).Where(instance => instance.ParameterGroup == name).Select(instance => databases.Find(instance.ClusterKey)).OfType<Cluster>().Distinct());

        // Databases
        var clusterPlans = new ClusterPlans(engines, groupsOfClusters, subnetGroups, subnets, time);
        var clusters = new ClusterOperations(
            databases, running, maintenance, start, engines, clusterPlans, snapshots, customEndpoints, subnetGroups, roles, events);
        var clusterEndpoints = new EndpointOperations(customEndpoints, databases, running);
        var clusterSnapshots = new SnapshotOperations(snapshots, databases, running, subnetGroups, time);
        var rolesOf = new RoleOperations(databases, credentials, permissions);
        var instancePlans = new InstancePlans(engines, clusterPlans, groupsOfInstances, subnetGroups, subnets, time);
        var alone = new AloneInstances(databases, running, instancePlans, clusterPlans, subnetGroups);
        var instances = new InstanceOperations(databases, running, maintenance, start, instancePlans, alone, groupsOfInstances, subnetGroups, roles);
        var logs = new LogFiles(databases, files);
        var tags = new TagOperations(clusters, clusterEndpoints, clusterSnapshots, instances, subnetGroups, groupsOfClusters, groupsOfInstances);

        Description = new AwsService
        {
            Name = "rds",
            Version = "2014-10-31",
            Protocol = new QueryProtocol(),
            XmlNamespace = "http://rds.amazonaws.com/doc/2014-10-31/",
            ValidationErrorCode = "InvalidParameterValue",
            Counts = () => new Dictionary<string, int>
            {
                ["clusters"] = databases.ClusterCount,
                ["instances"] = databases.InstanceCount,
                ["clusterEndpoints"] = customEndpoints.Count,
                ["clusterSnapshots"] = snapshots.Count,
                ["subnetGroups"] = subnetGroupTable.Count,
                ["parameterGroups"] = clusterGroupTable.Count + instanceGroupTable.Count,
            },
            Operations =
            [
                AwsOperation.Of<DBClusterRoleMessage, NoMembers>(
                    "AddRoleToDBCluster", rolesOf.AddToClusterAsync,
                    resource: static (request, context) => RdsArn.OrAll(context, RdsArn.Cluster, request.DBClusterIdentifier)),
                AwsOperation.Of<DBInstanceRoleMessage, NoMembers>(
                    "AddRoleToDBInstance", rolesOf.AddToInstanceAsync,
                    resource: static (request, context) => RdsArn.OrAll(context, RdsArn.Instance, request.DBInstanceIdentifier)),
                AwsOperation.Refused("AddSourceIdentifierToSubscription"),
                AwsOperation.Of<AddTagsToResourceMessage, NoMembers>(
                    "AddTagsToResource", tags.AddAsync,
                    resource: static (request, context) => request.ResourceName ?? "*"),
                AwsOperation.Refused("ApplyPendingMaintenanceAction"),
                AwsOperation.Refused("AuthorizeDBSecurityGroupIngress"),
                AwsOperation.Refused("BacktrackDBCluster"),
                AwsOperation.Refused("CancelExportTask"),
                AwsOperation.Of<CopyDBClusterParameterGroupMessage, DBClusterParameterGroupResult>(
                    "CopyDBClusterParameterGroup", clusterGroups.CopyAsync,
                    resource: static (request, context) => RdsArn.OrAll(context, RdsArn.ClusterParameterGroup, request.TargetDBClusterParameterGroupIdentifier)),
                AwsOperation.Of<CopyDBClusterSnapshotMessage, DBClusterSnapshotResult>(
                    "CopyDBClusterSnapshot", clusterSnapshots.CopyAsync,
                    resource: static (request, context) => RdsArn.OrAll(context, RdsArn.ClusterSnapshot, request.TargetDBClusterSnapshotIdentifier)),
                AwsOperation.Of<CopyDBParameterGroupMessage, DBParameterGroupResult>(
                    "CopyDBParameterGroup", instanceGroups.CopyAsync,
                    resource: static (request, context) => RdsArn.OrAll(context, RdsArn.ParameterGroup, request.TargetDBParameterGroupIdentifier)),
                AwsOperation.Refused("CopyDBSnapshot"),
                AwsOperation.Refused("CopyOptionGroup"),
                AwsOperation.Refused("CreateBlueGreenDeployment"),
                AwsOperation.Refused("CreateCustomDBEngineVersion"),
                AwsOperation.Of<CreateDBClusterMessage, DBClusterResult>(
                    "CreateDBCluster", clusters.CreateAsync,
                    resource: static (request, context) => RdsArn.OrAll(context, RdsArn.Cluster, request.DBClusterIdentifier)),
                AwsOperation.Of<CreateDBClusterEndpointMessage, DBClusterEndpoint>(
                    "CreateDBClusterEndpoint", clusterEndpoints.CreateAsync,
                    resource: static (request, context) => RdsArn.OrAll(context, RdsArn.ClusterEndpoint, request.DBClusterEndpointIdentifier)),
                AwsOperation.Of<CreateDBClusterParameterGroupMessage, DBClusterParameterGroupResult>(
                    "CreateDBClusterParameterGroup", clusterGroups.CreateAsync,
                    resource: static (request, context) => RdsArn.OrAll(context, RdsArn.ClusterParameterGroup, request.DBClusterParameterGroupName)),
                AwsOperation.Of<CreateDBClusterSnapshotMessage, DBClusterSnapshotResult>(
                    "CreateDBClusterSnapshot", clusterSnapshots.CreateAsync,
                    resource: static (request, context) => RdsArn.OrAll(context, RdsArn.ClusterSnapshot, request.DBClusterSnapshotIdentifier)),
                AwsOperation.Of<CreateDBInstanceMessage, DBInstanceResult>(
                    "CreateDBInstance", instances.CreateAsync,
                    resource: static (request, context) => RdsArn.OrAll(context, RdsArn.Instance, request.DBInstanceIdentifier)),
                AwsOperation.Refused("CreateDBInstanceReadReplica"),
                AwsOperation.Of<CreateDBParameterGroupMessage, DBParameterGroupResult>(
                    "CreateDBParameterGroup", instanceGroups.CreateAsync,
                    resource: static (request, context) => RdsArn.OrAll(context, RdsArn.ParameterGroup, request.DBParameterGroupName)),
                AwsOperation.Refused("CreateDBProxy"),
                AwsOperation.Refused("CreateDBProxyEndpoint"),
                AwsOperation.Refused("CreateDBSecurityGroup"),
                AwsOperation.Refused("CreateDBShardGroup"),
                AwsOperation.Refused("CreateDBSnapshot"),
                AwsOperation.Of<CreateDBSubnetGroupMessage, DBSubnetGroupResult>(
                    "CreateDBSubnetGroup", subnetGroups.CreateAsync,
                    resource: static (request, context) => RdsArn.OrAll(context, RdsArn.SubnetGroup, request.DBSubnetGroupName)),
                AwsOperation.Refused("CreateEventSubscription"),
                AwsOperation.Refused("CreateGlobalCluster"),
                AwsOperation.Refused("CreateIntegration"),
                AwsOperation.Refused("CreateOptionGroup"),
                AwsOperation.Refused("CreateTenantDatabase"),
                AwsOperation.Refused("DeleteBlueGreenDeployment"),
                AwsOperation.Refused("DeleteCustomDBEngineVersion"),
                AwsOperation.Of<DeleteDBClusterMessage, DBClusterResult>(
                    "DeleteDBCluster", clusters.DeleteAsync,
                    resource: static (request, context) => RdsArn.OrAll(context, RdsArn.Cluster, request.DBClusterIdentifier)),
                AwsOperation.Refused("DeleteDBClusterAutomatedBackup"),
                AwsOperation.Of<DeleteDBClusterEndpointMessage, DBClusterEndpoint>(
                    "DeleteDBClusterEndpoint", clusterEndpoints.DeleteAsync,
                    resource: static (request, context) => RdsArn.OrAll(context, RdsArn.ClusterEndpoint, request.DBClusterEndpointIdentifier)),
                AwsOperation.Of<DeleteDBClusterParameterGroupMessage, NoMembers>(
                    "DeleteDBClusterParameterGroup", clusterGroups.DeleteAsync,
                    resource: static (request, context) => RdsArn.OrAll(context, RdsArn.ClusterParameterGroup, request.DBClusterParameterGroupName)),
                AwsOperation.Of<DBClusterSnapshotNameMessage, DBClusterSnapshotResult>(
                    "DeleteDBClusterSnapshot", clusterSnapshots.DeleteAsync,
                    resource: static (request, context) => RdsArn.OrAll(context, RdsArn.ClusterSnapshot, request.DBClusterSnapshotIdentifier)),
                AwsOperation.Of<DeleteDBInstanceMessage, DBInstanceResult>(
                    "DeleteDBInstance", instances.DeleteAsync,
                    resource: static (request, context) => RdsArn.OrAll(context, RdsArn.Instance, request.DBInstanceIdentifier)),
                AwsOperation.Refused("DeleteDBInstanceAutomatedBackup"),
                AwsOperation.Of<DeleteDBParameterGroupMessage, NoMembers>(
                    "DeleteDBParameterGroup", instanceGroups.DeleteAsync,
                    resource: static (request, context) => RdsArn.OrAll(context, RdsArn.ParameterGroup, request.DBParameterGroupName)),
                AwsOperation.Refused("DeleteDBProxy"),
                AwsOperation.Refused("DeleteDBProxyEndpoint"),
                AwsOperation.Refused("DeleteDBSecurityGroup"),
                AwsOperation.Refused("DeleteDBShardGroup"),
                AwsOperation.Refused("DeleteDBSnapshot"),
                AwsOperation.Of<DeleteDBSubnetGroupMessage, NoMembers>(
                    "DeleteDBSubnetGroup", subnetGroups.DeleteAsync,
                    resource: static (request, context) => RdsArn.OrAll(context, RdsArn.SubnetGroup, request.DBSubnetGroupName)),
                AwsOperation.Refused("DeleteEventSubscription"),
                AwsOperation.Refused("DeleteGlobalCluster"),
                AwsOperation.Refused("DeleteIntegration"),
                AwsOperation.Refused("DeleteOptionGroup"),
                AwsOperation.Refused("DeleteTenantDatabase"),
                AwsOperation.Refused("DeregisterDBProxyTargets"),
                AwsOperation.Refused("DescribeAccountAttributes"),
                AwsOperation.Refused("DescribeBlueGreenDeployments"),
                AwsOperation.Refused("DescribeCertificates"),
                AwsOperation.Refused("DescribeDBClusterAutomatedBackups"),
                AwsOperation.Refused("DescribeDBClusterBacktracks"),
                AwsOperation.Of<DescribeDBClusterEndpointsMessage, DBClusterEndpointMessage>(
                    "DescribeDBClusterEndpoints", clusterEndpoints.Describe,
                    resource: static (request, context) => RdsArn.OrAll(context, RdsArn.ClusterEndpoint, request.DBClusterEndpointIdentifier)),
                AwsOperation.Of<DescribeDBClusterParameterGroupsMessage, DBClusterParameterGroupsMessage>(
                    "DescribeDBClusterParameterGroups", clusterGroups.DescribeAsync,
                    resource: static (request, context) => RdsArn.OrAll(context, RdsArn.ClusterParameterGroup, request.DBClusterParameterGroupName)),
                AwsOperation.Of<DescribeDBClusterParametersMessage, DBClusterParameterGroupDetails>(
                    "DescribeDBClusterParameters", clusterGroups.DescribeParametersAsync,
                    resource: static (request, context) => RdsArn.OrAll(context, RdsArn.ClusterParameterGroup, request.DBClusterParameterGroupName)),
                AwsOperation.Of<DBClusterSnapshotNameMessage, DescribeDBClusterSnapshotAttributesResult>(
                    "DescribeDBClusterSnapshotAttributes", clusterSnapshots.DescribeAttributes,
                    resource: static (request, context) => RdsArn.OrAll(context, RdsArn.ClusterSnapshot, request.DBClusterSnapshotIdentifier)),
                AwsOperation.Of<DescribeDBClusterSnapshotsMessage, DBClusterSnapshotMessage>(
                    "DescribeDBClusterSnapshots", clusterSnapshots.Describe,
                    resource: static (request, context) => RdsArn.OrAll(context, RdsArn.ClusterSnapshot, request.DBClusterSnapshotIdentifier)),
                AwsOperation.Of<DescribeDBClustersMessage, DBClusterMessage>(
                    "DescribeDBClusters", clusters.DescribeAsync,
                    resource: static (request, context) => RdsArn.OrAll(context, RdsArn.Cluster, request.DBClusterIdentifier)),
                AwsOperation.Of<DescribeDBEngineVersionsMessage, DBEngineVersionMessage>(
                    "DescribeDBEngineVersions", engineOperations.DescribeVersionsAsync),
                AwsOperation.Refused("DescribeDBInstanceAutomatedBackups"),
                AwsOperation.Of<DescribeDBInstancesMessage, DBInstanceMessage>(
                    "DescribeDBInstances", instances.DescribeAsync,
                    resource: static (request, context) => RdsArn.OrAll(context, RdsArn.Instance, request.DBInstanceIdentifier)),
                AwsOperation.Of<DescribeDBLogFilesMessage, DescribeDBLogFilesResponse>(
                    "DescribeDBLogFiles", logs.Describe,
                    resource: static (request, context) => RdsArn.OrAll(context, RdsArn.Instance, request.DBInstanceIdentifier)),
                AwsOperation.Refused("DescribeDBMajorEngineVersions"),
                AwsOperation.Of<DescribeDBParameterGroupsMessage, DBParameterGroupsMessage>(
                    "DescribeDBParameterGroups", instanceGroups.DescribeAsync,
                    resource: static (request, context) => RdsArn.OrAll(context, RdsArn.ParameterGroup, request.DBParameterGroupName)),
                AwsOperation.Of<DescribeDBParametersMessage, DBParameterGroupDetails>(
                    "DescribeDBParameters", instanceGroups.DescribeParametersAsync,
                    resource: static (request, context) => RdsArn.OrAll(context, RdsArn.ParameterGroup, request.DBParameterGroupName)),
                AwsOperation.Refused("DescribeDBProxies"),
                AwsOperation.Refused("DescribeDBProxyEndpoints"),
                AwsOperation.Refused("DescribeDBProxyTargetGroups"),
                AwsOperation.Refused("DescribeDBProxyTargets"),
                AwsOperation.Refused("DescribeDBRecommendations"),
                AwsOperation.Refused("DescribeDBSecurityGroups"),
                AwsOperation.Refused("DescribeDBShardGroups"),
                AwsOperation.Refused("DescribeDBSnapshotAttributes"),
                AwsOperation.Refused("DescribeDBSnapshotTenantDatabases"),
                AwsOperation.Refused("DescribeDBSnapshots"),
                AwsOperation.Of<DescribeDBSubnetGroupsMessage, DBSubnetGroupMessage>(
                    "DescribeDBSubnetGroups", subnetGroups.Describe,
                    resource: static (request, context) => RdsArn.OrAll(context, RdsArn.SubnetGroup, request.DBSubnetGroupName)),
                AwsOperation.Of<DescribeEngineDefaultParametersMessage, EngineDefaultsResult>(
                    "DescribeEngineDefaultClusterParameters", clusterGroups.DescribeDefaultsAsync),
                AwsOperation.Of<DescribeEngineDefaultParametersMessage, EngineDefaultsResult>(
                    "DescribeEngineDefaultParameters", instanceGroups.DescribeDefaultsAsync),
                AwsOperation.Refused("DescribeEventCategories"),
                AwsOperation.Refused("DescribeEventSubscriptions"),
                AwsOperation.Of<DescribeEventsMessage, EventsMessage>(
                    "DescribeEvents", events.Describe),
                AwsOperation.Refused("DescribeExportTasks"),
                AwsOperation.Of<DescribeGlobalClustersMessage, GlobalClustersMessage>(
                    "DescribeGlobalClusters", EmptyLists.GlobalClusters),
                AwsOperation.Refused("DescribeIntegrations"),
                AwsOperation.Refused("DescribeOptionGroupOptions"),
                AwsOperation.Refused("DescribeOptionGroups"),
                AwsOperation.Of<DescribeOrderableDBInstanceOptionsMessage, OrderableDBInstanceOptionsMessage>(
                    "DescribeOrderableDBInstanceOptions", engineOperations.DescribeOptionsAsync),
                AwsOperation.Of<DescribePendingMaintenanceActionsMessage, PendingMaintenanceActionsMessage>(
                    "DescribePendingMaintenanceActions", EmptyLists.PendingMaintenanceActions),
                AwsOperation.Refused("DescribeReservedDBInstances"),
                AwsOperation.Refused("DescribeReservedDBInstancesOfferings"),
                AwsOperation.Refused("DescribeServerlessV2PlatformVersions"),
                AwsOperation.Refused("DescribeSourceRegions"),
                AwsOperation.Refused("DescribeTenantDatabases"),
                AwsOperation.Refused("DescribeValidDBInstanceModifications"),
                AwsOperation.Refused("DisableHttpEndpoint"),
                AwsOperation.Of<DownloadDBLogFilePortionMessage, DownloadDBLogFilePortionDetails>(
                    "DownloadDBLogFilePortion", logs.DownloadAsync,
                    resource: static (request, context) => RdsArn.OrAll(context, RdsArn.Instance, request.DBInstanceIdentifier)),
                AwsOperation.Refused("EnableHttpEndpoint"),
                AwsOperation.Of<FailoverDBClusterMessage, DBClusterResult>(
                    "FailoverDBCluster", clusters.FailOverAsync,
                    resource: static (request, context) => RdsArn.OrAll(context, RdsArn.Cluster, request.DBClusterIdentifier)),
                AwsOperation.Refused("FailoverGlobalCluster"),
                AwsOperation.Of<ListTagsForResourceMessage, TagListMessage>(
                    "ListTagsForResource", tags.List,
                    resource: static (request, context) => request.ResourceName ?? "*"),
                AwsOperation.Refused("ModifyActivityStream"),
                AwsOperation.Refused("ModifyCertificates"),
                AwsOperation.Refused("ModifyCurrentDBClusterCapacity"),
                AwsOperation.Refused("ModifyCustomDBEngineVersion"),
                AwsOperation.Of<ModifyDBClusterMessage, DBClusterResult>(
                    "ModifyDBCluster", clusters.ModifyAsync,
                    resource: static (request, context) => RdsArn.OrAll(context, RdsArn.Cluster, request.DBClusterIdentifier)),
                AwsOperation.Of<ModifyDBClusterEndpointMessage, DBClusterEndpoint>(
                    "ModifyDBClusterEndpoint", clusterEndpoints.ModifyAsync,
                    resource: static (request, context) => RdsArn.OrAll(context, RdsArn.ClusterEndpoint, request.DBClusterEndpointIdentifier)),
                AwsOperation.Of<ModifyDBClusterParameterGroupMessage, DBClusterParameterGroupNameMessage>(
                    "ModifyDBClusterParameterGroup", clusterGroups.ModifyAsync,
                    resource: static (request, context) => RdsArn.OrAll(context, RdsArn.ClusterParameterGroup, request.DBClusterParameterGroupName)),
                AwsOperation.Refused("ModifyDBClusterSnapshotAttribute"),
                AwsOperation.Of<ModifyDBInstanceMessage, DBInstanceResult>(
                    "ModifyDBInstance", instances.ModifyAsync,
                    resource: static (request, context) => RdsArn.OrAll(context, RdsArn.Instance, request.DBInstanceIdentifier)),
                AwsOperation.Of<ModifyDBParameterGroupMessage, DBParameterGroupNameMessage>(
                    "ModifyDBParameterGroup", instanceGroups.ModifyAsync,
                    resource: static (request, context) => RdsArn.OrAll(context, RdsArn.ParameterGroup, request.DBParameterGroupName)),
                AwsOperation.Refused("ModifyDBProxy"),
                AwsOperation.Refused("ModifyDBProxyEndpoint"),
                AwsOperation.Refused("ModifyDBProxyTargetGroup"),
                AwsOperation.Refused("ModifyDBRecommendation"),
                AwsOperation.Refused("ModifyDBShardGroup"),
                AwsOperation.Refused("ModifyDBSnapshot"),
                AwsOperation.Refused("ModifyDBSnapshotAttribute"),
                AwsOperation.Of<ModifyDBSubnetGroupMessage, DBSubnetGroupResult>(
                    "ModifyDBSubnetGroup", subnetGroups.ModifyAsync,
                    resource: static (request, context) => RdsArn.OrAll(context, RdsArn.SubnetGroup, request.DBSubnetGroupName)),
                AwsOperation.Refused("ModifyEventSubscription"),
                AwsOperation.Refused("ModifyGlobalCluster"),
                AwsOperation.Refused("ModifyIntegration"),
                AwsOperation.Refused("ModifyOptionGroup"),
                AwsOperation.Refused("ModifyTenantDatabase"),
                AwsOperation.Refused("PromoteReadReplica"),
                AwsOperation.Refused("PromoteReadReplicaDBCluster"),
                AwsOperation.Refused("PurchaseReservedDBInstancesOffering"),
                AwsOperation.Of<DBClusterNameMessage, DBClusterResult>(
                    "RebootDBCluster", clusters.RefuseReboot,
                    resource: static (request, context) => RdsArn.OrAll(context, RdsArn.Cluster, request.DBClusterIdentifier)),
                AwsOperation.Of<RebootDBInstanceMessage, DBInstanceResult>(
                    "RebootDBInstance", instances.RebootAsync,
                    resource: static (request, context) => RdsArn.OrAll(context, RdsArn.Instance, request.DBInstanceIdentifier)),
                AwsOperation.Refused("RebootDBShardGroup"),
                AwsOperation.Refused("RegisterDBProxyTargets"),
                AwsOperation.Refused("RemoveFromGlobalCluster"),
                AwsOperation.Of<DBClusterRoleMessage, NoMembers>(
                    "RemoveRoleFromDBCluster", rolesOf.RemoveFromClusterAsync,
                    resource: static (request, context) => RdsArn.OrAll(context, RdsArn.Cluster, request.DBClusterIdentifier)),
                AwsOperation.Of<DBInstanceRoleMessage, NoMembers>(
                    "RemoveRoleFromDBInstance", rolesOf.RemoveFromInstanceAsync,
                    resource: static (request, context) => RdsArn.OrAll(context, RdsArn.Instance, request.DBInstanceIdentifier)),
                AwsOperation.Refused("RemoveSourceIdentifierFromSubscription"),
                AwsOperation.Of<RemoveTagsFromResourceMessage, NoMembers>(
                    "RemoveTagsFromResource", tags.RemoveAsync,
                    resource: static (request, context) => request.ResourceName ?? "*"),
                AwsOperation.Of<ResetDBClusterParameterGroupMessage, DBClusterParameterGroupNameMessage>(
                    "ResetDBClusterParameterGroup", clusterGroups.ResetAsync,
                    resource: static (request, context) => RdsArn.OrAll(context, RdsArn.ClusterParameterGroup, request.DBClusterParameterGroupName)),
                AwsOperation.Of<ResetDBParameterGroupMessage, DBParameterGroupNameMessage>(
                    "ResetDBParameterGroup", instanceGroups.ResetAsync,
                    resource: static (request, context) => RdsArn.OrAll(context, RdsArn.ParameterGroup, request.DBParameterGroupName)),
                AwsOperation.Refused("RestoreDBClusterFromS3"),
                AwsOperation.Of<RestoreDBClusterFromSnapshotMessage, DBClusterResult>(
                    "RestoreDBClusterFromSnapshot", clusters.RestoreAsync,
                    resource: static (request, context) => RdsArn.OrAll(context, RdsArn.Cluster, request.DBClusterIdentifier)),
                AwsOperation.Refused("RestoreDBClusterToPointInTime"),
                AwsOperation.Refused("RestoreDBInstanceFromDBSnapshot"),
                AwsOperation.Refused("RestoreDBInstanceFromS3"),
                AwsOperation.Refused("RestoreDBInstanceToPointInTime"),
                AwsOperation.Refused("RevokeDBSecurityGroupIngress"),
                AwsOperation.Refused("StartActivityStream"),
                AwsOperation.Of<DBClusterNameMessage, DBClusterResult>(
                    "StartDBCluster", clusters.StartAsync,
                    resource: static (request, context) => RdsArn.OrAll(context, RdsArn.Cluster, request.DBClusterIdentifier)),
                AwsOperation.Of<DBInstanceNameMessage, DBInstanceResult>(
                    "StartDBInstance", instances.StartAsync,
                    resource: static (request, context) => RdsArn.OrAll(context, RdsArn.Instance, request.DBInstanceIdentifier)),
                AwsOperation.Refused("StartDBInstanceAutomatedBackupsReplication"),
                AwsOperation.Refused("StartExportTask"),
                AwsOperation.Refused("StopActivityStream"),
                AwsOperation.Of<DBClusterNameMessage, DBClusterResult>(
                    "StopDBCluster", clusters.StopAsync,
                    resource: static (request, context) => RdsArn.OrAll(context, RdsArn.Cluster, request.DBClusterIdentifier)),
                AwsOperation.Of<DBInstanceNameMessage, DBInstanceResult>(
                    "StopDBInstance", instances.StopAsync,
                    resource: static (request, context) => RdsArn.OrAll(context, RdsArn.Instance, request.DBInstanceIdentifier)),
                AwsOperation.Refused("StopDBInstanceAutomatedBackupsReplication"),
                AwsOperation.Refused("SwitchoverBlueGreenDeployment"),
                AwsOperation.Refused("SwitchoverGlobalCluster"),
                AwsOperation.Refused("SwitchoverReadReplica"),
            ],
        };
    }

    public AwsService Description { get; }

    /// <summary>The instance whose server has an access key; null for anybody else's.</summary>
    public InstanceName? HolderOf(string accessKeyId) => credentials.HolderOf(accessKeyId);

    /// <summary>Starts the servers that ran when an earlier process ended.</summary>
    public void Resume()
    {
        running.Resume();
        snapshots.Resume();
    }

    /// <summary>Stops every server; state and data stay as they are.</summary>
    public Task StopAllAsync(CancellationToken hurry) => Task.WhenAll(running.EndAllAsync(hurry), snapshots.EndAsync());

    /// <summary>After the store was emptied: removes what it described.</summary>
    public void Forget()
    {
        events.Forget();
        files.RemoveAll();
        snapshots.Files.RemoveAll();
    }

    public void Dispose()
    {
        maintenance.Dispose();
        directory.Dispose();
    }

    private Task ReloadAsync(IEnumerable<Cluster> clusters) =>
        Task.WhenAll(clusters.Select(cluster => running.Of(cluster).Enqueue(running.Of(cluster).ReloadAllAsync)));
}
