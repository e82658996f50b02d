using Daybreak.Cloud.Explain;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.FrontDoor.Protocols;
using Daybreak.Cloud.Rds.Clusters;
using Daybreak.Cloud.Rds.Endpoints;
using Daybreak.Cloud.Rds.Engines;
using Daybreak.Cloud.Rds.Events;
using Daybreak.Cloud.Rds.Instances;
using Daybreak.Cloud.Rds.ParameterGroups;
using Daybreak.Cloud.Rds.Roles;
using Daybreak.Cloud.Rds.Snapshots;
using Daybreak.Cloud.Rds.SubnetGroups;
using Daybreak.Cloud.Rds.Tags;
using Daybreak.Cloud.Rds.Unoffered;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Rds;

/// <summary>Amazon RDS, Aurora PostgreSQL above all: its operations, in the order of the API reference.</summary>
public sealed class RdsService : IDisposable
{
    private readonly RdsParts parts;

    /// <param name="endpoint">Of the local AWS, for the servers' bridges.</param>
    public RdsService(
        StateStore store, ISubnets subnets, IInstanceNetwork network, IRoleCredentials roles, IServiceLinkedRole serviceLinkedRole, IPermissions permissions, Func<Uri> endpoint, CloudOptions options, TimeProvider time)
    {
        Func<TRequest, OperationContext, ValueTask<TResponse>> WithServiceRole<TRequest, TResponse>(Func<TRequest, OperationContext, ValueTask<TResponse>> create) =>
            async (request, context) =>
            {
                if (!serviceLinkedRole.MayBeUsed(context))
                    throw RdsErrors.NoServiceLinkedRole();
                var created = await create(request, context);
                await serviceLinkedRole.EnsureAsync(context.AccountId);
                return created;
            };
        parts = new RdsParts(store, subnets, network, roles, permissions, endpoint, options, time);
        Description = new AwsService
        {
            Name = "rds",
            Version = "2014-10-31",
            Protocol = new QueryProtocol(),
            XmlNamespace = "http://rds.amazonaws.com/doc/2014-10-31/",
            ValidationErrorCode = "InvalidParameterValue",
            Counts = parts.Count,
            Operations =
            [
                On<DBClusterRoleMessage, NoMembers>("AddRoleToDBCluster", parts.Roles.AddToClusterAsync, RdsArn.Cluster, static asked => asked.DBClusterIdentifier),
                On<DBInstanceRoleMessage, NoMembers>("AddRoleToDBInstance", parts.Roles.AddToInstanceAsync, RdsArn.Instance, static asked => asked.DBInstanceIdentifier),
                AwsOperation.Refused("AddSourceIdentifierToSubscription"),
                AwsOperation.Of<AddTagsToResourceMessage, NoMembers>("AddTagsToResource", parts.Tags.AddAsync, resource: static (asked, _) => asked.ResourceName ?? "*"),
                .. Refused("ApplyPendingMaintenanceAction", "AuthorizeDBSecurityGroupIngress", "BacktrackDBCluster", "CancelExportTask"),
                On<CopyDBClusterParameterGroupMessage, DBClusterParameterGroupResult>("CopyDBClusterParameterGroup", parts.ClusterGroups.CopyAsync, RdsArn.ClusterParameterGroup, static asked => asked.TargetDBClusterParameterGroupIdentifier),
                On<CopyDBClusterSnapshotMessage, DBClusterSnapshotResult>("CopyDBClusterSnapshot", parts.Snapshots.CopyAsync, RdsArn.ClusterSnapshot, static asked => asked.TargetDBClusterSnapshotIdentifier),
                On<CopyDBParameterGroupMessage, DBParameterGroupResult>("CopyDBParameterGroup", parts.InstanceGroups.CopyAsync, RdsArn.ParameterGroup, static asked => asked.TargetDBParameterGroupIdentifier),
                .. Refused("CopyDBSnapshot", "CopyOptionGroup", "CreateBlueGreenDeployment", "CreateCustomDBEngineVersion"),
                On<CreateDBClusterMessage, DBClusterResult>("CreateDBCluster", WithServiceRole<CreateDBClusterMessage, DBClusterResult>(parts.Clusters.CreateAsync), RdsArn.Cluster, static asked => asked.DBClusterIdentifier),
                On<CreateDBClusterEndpointMessage, DBClusterEndpoint>("CreateDBClusterEndpoint", parts.Endpoints.CreateAsync, RdsArn.ClusterEndpoint, static asked => asked.DBClusterEndpointIdentifier),
                On<CreateDBClusterParameterGroupMessage, DBClusterParameterGroupResult>("CreateDBClusterParameterGroup", parts.ClusterGroups.CreateAsync, RdsArn.ClusterParameterGroup, static asked => asked.DBClusterParameterGroupName),
                On<CreateDBClusterSnapshotMessage, DBClusterSnapshotResult>("CreateDBClusterSnapshot", parts.Snapshots.CreateAsync, RdsArn.ClusterSnapshot, static asked => asked.DBClusterSnapshotIdentifier),
                On<CreateDBInstanceMessage, DBInstanceResult>("CreateDBInstance", WithServiceRole<CreateDBInstanceMessage, DBInstanceResult>(parts.Instances.CreateAsync), RdsArn.Instance, static asked => asked.DBInstanceIdentifier),
                AwsOperation.Refused("CreateDBInstanceReadReplica"),
                On<CreateDBParameterGroupMessage, DBParameterGroupResult>("CreateDBParameterGroup", parts.InstanceGroups.CreateAsync, RdsArn.ParameterGroup, static asked => asked.DBParameterGroupName),
                .. Refused("CreateDBProxy", "CreateDBProxyEndpoint", "CreateDBSecurityGroup", "CreateDBShardGroup", "CreateDBSnapshot"),
                On<CreateDBSubnetGroupMessage, DBSubnetGroupResult>("CreateDBSubnetGroup", parts.SubnetGroups.CreateAsync, RdsArn.SubnetGroup, static asked => asked.DBSubnetGroupName),
                .. Refused("CreateEventSubscription", "CreateGlobalCluster", "CreateIntegration", "CreateOptionGroup", "CreateTenantDatabase",
                    "DeleteBlueGreenDeployment", "DeleteCustomDBEngineVersion"),
                On<DeleteDBClusterMessage, DBClusterResult>("DeleteDBCluster", parts.Clusters.DeleteAsync, RdsArn.Cluster, static asked => asked.DBClusterIdentifier),
                AwsOperation.Refused("DeleteDBClusterAutomatedBackup"),
                On<DeleteDBClusterEndpointMessage, DBClusterEndpoint>("DeleteDBClusterEndpoint", parts.Endpoints.DeleteAsync, RdsArn.ClusterEndpoint, static asked => asked.DBClusterEndpointIdentifier),
                On<DeleteDBClusterParameterGroupMessage, NoMembers>("DeleteDBClusterParameterGroup", parts.ClusterGroups.DeleteAsync, RdsArn.ClusterParameterGroup, static asked => asked.DBClusterParameterGroupName),
                On<DBClusterSnapshotNameMessage, DBClusterSnapshotResult>("DeleteDBClusterSnapshot", parts.Snapshots.DeleteAsync, RdsArn.ClusterSnapshot, static asked => asked.DBClusterSnapshotIdentifier),
                On<DeleteDBInstanceMessage, DBInstanceResult>("DeleteDBInstance", parts.Instances.DeleteAsync, RdsArn.Instance, static asked => asked.DBInstanceIdentifier),
                AwsOperation.Refused("DeleteDBInstanceAutomatedBackup"),
                On<DeleteDBParameterGroupMessage, NoMembers>("DeleteDBParameterGroup", parts.InstanceGroups.DeleteAsync, RdsArn.ParameterGroup, static asked => asked.DBParameterGroupName),
                .. Refused("DeleteDBProxy", "DeleteDBProxyEndpoint", "DeleteDBSecurityGroup", "DeleteDBShardGroup", "DeleteDBSnapshot"),
                On<DeleteDBSubnetGroupMessage, NoMembers>("DeleteDBSubnetGroup", parts.SubnetGroups.DeleteAsync, RdsArn.SubnetGroup, static asked => asked.DBSubnetGroupName),
                .. Refused("DeleteEventSubscription", "DeleteGlobalCluster", "DeleteIntegration", "DeleteOptionGroup", "DeleteTenantDatabase",
                    "DeregisterDBProxyTargets", "DescribeAccountAttributes", "DescribeBlueGreenDeployments", "DescribeCertificates",
                    "DescribeDBClusterAutomatedBackups", "DescribeDBClusterBacktracks"),
                On<DescribeDBClusterEndpointsMessage, DBClusterEndpointMessage>("DescribeDBClusterEndpoints", parts.Endpoints.Describe, RdsArn.ClusterEndpoint, static asked => asked.DBClusterEndpointIdentifier),
                On<DescribeDBClusterParameterGroupsMessage, DBClusterParameterGroupsMessage>("DescribeDBClusterParameterGroups", parts.ClusterGroups.DescribeAsync, RdsArn.ClusterParameterGroup, static asked => asked.DBClusterParameterGroupName),
                On<DescribeDBClusterParametersMessage, DBParameterGroupDetails>("DescribeDBClusterParameters", parts.ClusterGroups.DescribeParametersAsync, RdsArn.ClusterParameterGroup, static asked => asked.DBClusterParameterGroupName),
                On<DBClusterSnapshotNameMessage, DescribeDBClusterSnapshotAttributesResult>("DescribeDBClusterSnapshotAttributes", parts.Snapshots.DescribeAttributes, RdsArn.ClusterSnapshot, static asked => asked.DBClusterSnapshotIdentifier),
                On<DescribeDBClusterSnapshotsMessage, DBClusterSnapshotMessage>("DescribeDBClusterSnapshots", parts.Snapshots.Describe, RdsArn.ClusterSnapshot, static asked => asked.DBClusterSnapshotIdentifier),
                On<DescribeDBClustersMessage, DBClusterMessage>("DescribeDBClusters", parts.Clusters.DescribeAsync, RdsArn.Cluster, static asked => asked.DBClusterIdentifier),
                AwsOperation.Of<DescribeDBEngineVersionsMessage, DBEngineVersionMessage>("DescribeDBEngineVersions", parts.Engines.DescribeVersionsAsync),
                AwsOperation.Refused("DescribeDBInstanceAutomatedBackups"),
                On<DescribeDBInstancesMessage, DBInstanceMessage>("DescribeDBInstances", parts.Instances.DescribeAsync, RdsArn.Instance, static asked => asked.DBInstanceIdentifier),
                On<DescribeDBLogFilesMessage, DescribeDBLogFilesResponse>("DescribeDBLogFiles", parts.Logs.Describe, RdsArn.Instance, static asked => asked.DBInstanceIdentifier),
                AwsOperation.Refused("DescribeDBMajorEngineVersions"),
                On<DescribeDBParameterGroupsMessage, DBParameterGroupsMessage>("DescribeDBParameterGroups", parts.InstanceGroups.DescribeAsync, RdsArn.ParameterGroup, static asked => asked.DBParameterGroupName),
                On<DescribeDBParametersMessage, DBParameterGroupDetails>("DescribeDBParameters", parts.InstanceGroups.DescribeParametersAsync, RdsArn.ParameterGroup, static asked => asked.DBParameterGroupName),
                .. Refused("DescribeDBProxies", "DescribeDBProxyEndpoints", "DescribeDBProxyTargetGroups", "DescribeDBProxyTargets",
                    "DescribeDBRecommendations", "DescribeDBSecurityGroups", "DescribeDBShardGroups", "DescribeDBSnapshotAttributes",
                    "DescribeDBSnapshotTenantDatabases", "DescribeDBSnapshots"),
                On<DescribeDBSubnetGroupsMessage, DBSubnetGroupMessage>("DescribeDBSubnetGroups", parts.SubnetGroups.Describe, RdsArn.SubnetGroup, static asked => asked.DBSubnetGroupName),
                AwsOperation.Of<DescribeEngineDefaultParametersMessage, EngineDefaultsResult>("DescribeEngineDefaultClusterParameters", parts.ClusterGroups.DescribeDefaultsAsync),
                AwsOperation.Of<DescribeEngineDefaultParametersMessage, EngineDefaultsResult>("DescribeEngineDefaultParameters", parts.InstanceGroups.DescribeDefaultsAsync),
                .. Refused("DescribeEventCategories", "DescribeEventSubscriptions"),
                AwsOperation.Of<DescribeEventsMessage, EventsMessage>("DescribeEvents", parts.Events.Describe),
                AwsOperation.Refused("DescribeExportTasks"),
                AwsOperation.Of<DescribeGlobalClustersMessage, GlobalClustersMessage>("DescribeGlobalClusters", EmptyLists.GlobalClusters),
                .. Refused("DescribeIntegrations", "DescribeOptionGroupOptions", "DescribeOptionGroups"),
                AwsOperation.Of<DescribeOrderableDBInstanceOptionsMessage, OrderableDBInstanceOptionsMessage>("DescribeOrderableDBInstanceOptions", parts.Engines.DescribeOptionsAsync),
                AwsOperation.Of<DescribePendingMaintenanceActionsMessage, PendingMaintenanceActionsMessage>("DescribePendingMaintenanceActions", EmptyLists.PendingMaintenanceActions),
                .. Refused("DescribeReservedDBInstances", "DescribeReservedDBInstancesOfferings", "DescribeServerlessV2PlatformVersions",
                    "DescribeSourceRegions", "DescribeTenantDatabases", "DescribeValidDBInstanceModifications", "DisableHttpEndpoint"),
                On<DownloadDBLogFilePortionMessage, DownloadDBLogFilePortionDetails>("DownloadDBLogFilePortion", parts.Logs.DownloadAsync, RdsArn.Instance, static asked => asked.DBInstanceIdentifier),
                AwsOperation.Refused("EnableHttpEndpoint"),
                On<FailoverDBClusterMessage, DBClusterResult>("FailoverDBCluster", parts.Clusters.FailOverAsync, RdsArn.Cluster, static asked => asked.DBClusterIdentifier),
                AwsOperation.Refused("FailoverGlobalCluster"),
                AwsOperation.Of<ListTagsForResourceMessage, TagListMessage>("ListTagsForResource", parts.Tags.List, resource: static (asked, _) => asked.ResourceName ?? "*"),
                .. Refused("ModifyActivityStream", "ModifyCertificates", "ModifyCurrentDBClusterCapacity", "ModifyCustomDBEngineVersion"),
                On<ModifyDBClusterMessage, DBClusterResult>("ModifyDBCluster", parts.Clusters.ModifyAsync, RdsArn.Cluster, static asked => asked.DBClusterIdentifier),
                On<ModifyDBClusterEndpointMessage, DBClusterEndpoint>("ModifyDBClusterEndpoint", parts.Endpoints.ModifyAsync, RdsArn.ClusterEndpoint, static asked => asked.DBClusterEndpointIdentifier),
                On<ModifyDBClusterParameterGroupMessage, DBClusterParameterGroupNameMessage>("ModifyDBClusterParameterGroup", parts.ClusterGroups.ModifyAsync, RdsArn.ClusterParameterGroup, static asked => asked.DBClusterParameterGroupName),
                AwsOperation.Refused("ModifyDBClusterSnapshotAttribute"),
                On<ModifyDBInstanceMessage, DBInstanceResult>("ModifyDBInstance", parts.Instances.ModifyAsync, RdsArn.Instance, static asked => asked.DBInstanceIdentifier),
                On<ModifyDBParameterGroupMessage, DBParameterGroupNameMessage>("ModifyDBParameterGroup", parts.InstanceGroups.ModifyAsync, RdsArn.ParameterGroup, static asked => asked.DBParameterGroupName),
                .. Refused("ModifyDBProxy", "ModifyDBProxyEndpoint", "ModifyDBProxyTargetGroup", "ModifyDBRecommendation", "ModifyDBShardGroup",
                    "ModifyDBSnapshot", "ModifyDBSnapshotAttribute"),
                On<ModifyDBSubnetGroupMessage, DBSubnetGroupResult>("ModifyDBSubnetGroup", parts.SubnetGroups.ModifyAsync, RdsArn.SubnetGroup, static asked => asked.DBSubnetGroupName),
                .. Refused("ModifyEventSubscription", "ModifyGlobalCluster", "ModifyIntegration", "ModifyOptionGroup", "ModifyTenantDatabase",
                    "PromoteReadReplica", "PromoteReadReplicaDBCluster", "PurchaseReservedDBInstancesOffering"),
                On<DBClusterNameMessage, DBClusterResult>("RebootDBCluster", parts.Clusters.RefuseReboot, RdsArn.Cluster, static asked => asked.DBClusterIdentifier),
                On<RebootDBInstanceMessage, DBInstanceResult>("RebootDBInstance", parts.Instances.RebootAsync, RdsArn.Instance, static asked => asked.DBInstanceIdentifier),
                .. Refused("RebootDBShardGroup", "RegisterDBProxyTargets", "RemoveFromGlobalCluster"),
                On<DBClusterRoleMessage, NoMembers>("RemoveRoleFromDBCluster", parts.Roles.RemoveFromClusterAsync, RdsArn.Cluster, static asked => asked.DBClusterIdentifier),
                On<DBInstanceRoleMessage, NoMembers>("RemoveRoleFromDBInstance", parts.Roles.RemoveFromInstanceAsync, RdsArn.Instance, static asked => asked.DBInstanceIdentifier),
                AwsOperation.Refused("RemoveSourceIdentifierFromSubscription"),
                AwsOperation.Of<RemoveTagsFromResourceMessage, NoMembers>("RemoveTagsFromResource", parts.Tags.RemoveAsync, resource: static (asked, _) => asked.ResourceName ?? "*"),
                On<ResetDBClusterParameterGroupMessage, DBClusterParameterGroupNameMessage>("ResetDBClusterParameterGroup", parts.ClusterGroups.ResetAsync, RdsArn.ClusterParameterGroup, static asked => asked.DBClusterParameterGroupName),
                On<ResetDBParameterGroupMessage, DBParameterGroupNameMessage>("ResetDBParameterGroup", parts.InstanceGroups.ResetAsync, RdsArn.ParameterGroup, static asked => asked.DBParameterGroupName),
                AwsOperation.Refused("RestoreDBClusterFromS3"),
                On<RestoreDBClusterFromSnapshotMessage, DBClusterResult>("RestoreDBClusterFromSnapshot", WithServiceRole<RestoreDBClusterFromSnapshotMessage, DBClusterResult>(parts.Clusters.RestoreAsync), RdsArn.Cluster, static asked => asked.DBClusterIdentifier),
                .. Refused("RestoreDBClusterToPointInTime", "RestoreDBInstanceFromDBSnapshot", "RestoreDBInstanceFromS3",
                    "RestoreDBInstanceToPointInTime", "RevokeDBSecurityGroupIngress", "StartActivityStream"),
                On<DBClusterNameMessage, DBClusterResult>("StartDBCluster", parts.Clusters.StartAsync, RdsArn.Cluster, static asked => asked.DBClusterIdentifier),
                On<DBInstanceNameMessage, DBInstanceResult>("StartDBInstance", parts.Instances.StartAsync, RdsArn.Instance, static asked => asked.DBInstanceIdentifier),
                .. Refused("StartDBInstanceAutomatedBackupsReplication", "StartExportTask", "StopActivityStream"),
                On<DBClusterNameMessage, DBClusterResult>("StopDBCluster", parts.Clusters.StopAsync, RdsArn.Cluster, static asked => asked.DBClusterIdentifier),
                On<DBInstanceNameMessage, DBInstanceResult>("StopDBInstance", parts.Instances.StopAsync, RdsArn.Instance, static asked => asked.DBInstanceIdentifier),
                .. Refused("StopDBInstanceAutomatedBackupsReplication", "SwitchoverBlueGreenDeployment", "SwitchoverGlobalCluster",
                    "SwitchoverReadReplica"),
            ],
        };
    }

    public AwsService Description { get; }

    internal IDatabaseFacts Facts => parts.Facts;

    /// <summary>A line for each database that another PostgreSQL runs for than the one it shows.</summary>
    public IEnumerable<string> StandIns => parts.StandIns();

    /// <summary>Clusters and instances of an account: Region and ARN of each.</summary>
    internal IEnumerable<(string Region, string Arn)> ResourcesOf(string accountId) => parts.ResourcesOf(accountId);

    /// <summary>The instance whose server has a token; null for anybody else's.</summary>
    public InstanceName? InstanceWith(string token) => parts.Credentials.InstanceWith(token);

    /// <summary>Before the first request: nobody is told that something is available which ran when an earlier process ended, and does not yet.</summary>
    public async Task PrepareAsync()
    {
        await parts.Running.FinishRenamingAsync();
        await parts.Running.MarkStartingAsync();
    }

    /// <summary>Starts the servers that ran when an earlier process ended.</summary>
    public void Resume()
    {
        parts.Running.Resume();
        parts.KeptSnapshots.Resume();
    }

    /// <summary>Stops every server; state and data stay as they are. Nothing goes on behind the answers until <see cref="Continue"/>.</summary>
    public async Task StopAllAsync(CancellationToken hurry)
    {
        await parts.Maintenance.PauseAsync();
        await Task.WhenAll(parts.Running.EndAllAsync(hurry), parts.KeptSnapshots.EndAsync());
    }

    /// <summary>After the store was emptied: removes what it described.</summary>
    public void Forget()
    {
        Continue();
        parts.Events.Forget();
        parts.Files.RemoveAll();
        parts.KeptSnapshots.Files.RemoveAll();
    }

    /// <summary>After <see cref="StopAllAsync"/>: new databases may come.</summary>
    public void Continue()
    {
        parts.Running.Forget();
        parts.Maintenance.Continue();
    }

    public void Dispose() => parts.Dispose();

    /// <param name="kind">Of what the operation is about: <see cref="RdsArn"/>.</param>
    /// <param name="nameOf">Its name, or ARN; null when a request names none.</param>
    private static AwsOperation On<TRequest, TResponse>(
        string name, Func<TRequest, OperationContext, ValueTask<TResponse>> run, string kind, Func<TRequest, string?> nameOf)
        where TRequest : class
        where TResponse : class =>
        AwsOperation.Of(name, run, resource: (request, context) => RdsArn.OrAll(context, kind, nameOf(request)));

    private static AwsOperation On<TRequest, TResponse>(
        string name, Func<TRequest, OperationContext, TResponse> run, string kind, Func<TRequest, string?> nameOf)
        where TRequest : class
        where TResponse : class =>
        AwsOperation.Of(name, run, resource: (request, context) => RdsArn.OrAll(context, kind, nameOf(request)));

    private static IEnumerable<AwsOperation> Refused(params string[] names) => names.Select(static name => AwsOperation.Refused(name));
}
