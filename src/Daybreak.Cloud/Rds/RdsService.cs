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
    private readonly RdsParts _parts;

    /// <param name="endpoint">Of the local AWS, for the servers' bridges.</param>
    public RdsService(
        StateStore store,
        ISubnets subnets,
        IInstanceNetwork network,
        IRoleCredentials roles,
        IServiceLinkedRole serviceLinkedRole,
        IPermissions permissions,
        Uri endpoint,
        RdsOptions options,
        TimeProvider time
    )
    {
        Func<TRequest, OperationContext, ValueTask<TResponse>> WithServiceRole<TRequest, TResponse>(
            Func<TRequest, OperationContext, ValueTask<TResponse>> create
        ) =>
            async (request, context) =>
            {
                if (!serviceLinkedRole.MayBeUsed(context))
                    throw RdsErrors.NoServiceLinkedRole();
                var created = await create(request, context);
                await serviceLinkedRole.EnsureAsync(context.AccountId);
                return created;
            };
        _parts = new RdsParts(store, subnets, network, roles, permissions, endpoint, options, time);
        Description = new AwsService
        {
            Name = "rds",
            Version = "2014-10-31",
            Protocol = new QueryProtocol(),
            XmlNamespace = "http://rds.amazonaws.com/doc/2014-10-31/",
            ValidationErrorCode = "InvalidParameterValue",
            Counts = _parts.Count,
            Operations =
            [
                On<DBClusterRoleMessage, NoMembers>(
                    "AddRoleToDBCluster",
                    _parts.Roles.AddToClusterAsync,
                    RdsArn.Cluster,
                    static asked => asked.DBClusterIdentifier
                ),
                On<DBInstanceRoleMessage, NoMembers>(
                    "AddRoleToDBInstance",
                    _parts.Roles.AddToInstanceAsync,
                    RdsArn.Instance,
                    static asked => asked.DBInstanceIdentifier
                ),
                AwsOperation.Refused("AddSourceIdentifierToSubscription"),
                AwsOperation.Of<AddTagsToResourceMessage, NoMembers>(
                    "AddTagsToResource",
                    _parts.Tags.AddAsync,
                    resource: static (asked, _) => asked.ResourceName ?? "*"
                ),
                .. Refused("ApplyPendingMaintenanceAction", "AuthorizeDBSecurityGroupIngress", "BacktrackDBCluster", "CancelExportTask"),
                On<CopyDBClusterParameterGroupMessage, DBClusterParameterGroupResult>(
                    "CopyDBClusterParameterGroup",
                    _parts.ClusterGroups.CopyAsync,
                    RdsArn.ClusterParameterGroup,
                    static asked => asked.TargetDBClusterParameterGroupIdentifier
                ),
                On<CopyDBClusterSnapshotMessage, DBClusterSnapshotResult>(
                    "CopyDBClusterSnapshot",
                    _parts.Snapshots.CopyAsync,
                    RdsArn.ClusterSnapshot,
                    static asked => asked.TargetDBClusterSnapshotIdentifier
                ),
                On<CopyDBParameterGroupMessage, DBParameterGroupResult>(
                    "CopyDBParameterGroup",
                    _parts.InstanceGroups.CopyAsync,
                    RdsArn.ParameterGroup,
                    static asked => asked.TargetDBParameterGroupIdentifier
                ),
                .. Refused("CopyDBSnapshot", "CopyOptionGroup", "CreateBlueGreenDeployment", "CreateCustomDBEngineVersion"),
                On<CreateDBClusterMessage, DBClusterResult>(
                    "CreateDBCluster",
                    WithServiceRole<CreateDBClusterMessage, DBClusterResult>(_parts.Clusters.CreateAsync),
                    RdsArn.Cluster,
                    static asked => asked.DBClusterIdentifier
                ),
                On<CreateDBClusterEndpointMessage, DBClusterEndpoint>(
                    "CreateDBClusterEndpoint",
                    _parts.Endpoints.CreateAsync,
                    RdsArn.ClusterEndpoint,
                    static asked => asked.DBClusterEndpointIdentifier
                ),
                On<CreateDBClusterParameterGroupMessage, DBClusterParameterGroupResult>(
                    "CreateDBClusterParameterGroup",
                    _parts.ClusterGroups.CreateAsync,
                    RdsArn.ClusterParameterGroup,
                    static asked => asked.DBClusterParameterGroupName
                ),
                On<CreateDBClusterSnapshotMessage, DBClusterSnapshotResult>(
                    "CreateDBClusterSnapshot",
                    _parts.Snapshots.CreateAsync,
                    RdsArn.ClusterSnapshot,
                    static asked => asked.DBClusterSnapshotIdentifier
                ),
                On<CreateDBInstanceMessage, DBInstanceResult>(
                    "CreateDBInstance",
                    WithServiceRole<CreateDBInstanceMessage, DBInstanceResult>(_parts.Instances.CreateAsync),
                    RdsArn.Instance,
                    static asked => asked.DBInstanceIdentifier
                ),
                AwsOperation.Refused("CreateDBInstanceReadReplica"),
                On<CreateDBParameterGroupMessage, DBParameterGroupResult>(
                    "CreateDBParameterGroup",
                    _parts.InstanceGroups.CreateAsync,
                    RdsArn.ParameterGroup,
                    static asked => asked.DBParameterGroupName
                ),
                .. Refused("CreateDBProxy", "CreateDBProxyEndpoint", "CreateDBSecurityGroup", "CreateDBShardGroup", "CreateDBSnapshot"),
                On<CreateDBSubnetGroupMessage, DBSubnetGroupResult>(
                    "CreateDBSubnetGroup",
                    _parts.SubnetGroups.CreateAsync,
                    RdsArn.SubnetGroup,
                    static asked => asked.DBSubnetGroupName
                ),
                .. Refused(
                    "CreateEventSubscription",
                    "CreateGlobalCluster",
                    "CreateIntegration",
                    "CreateOptionGroup",
                    "CreateTenantDatabase",
                    "DeleteBlueGreenDeployment",
                    "DeleteCustomDBEngineVersion"
                ),
                On<DeleteDBClusterMessage, DBClusterResult>(
                    "DeleteDBCluster",
                    _parts.Clusters.DeleteAsync,
                    RdsArn.Cluster,
                    static asked => asked.DBClusterIdentifier
                ),
                AwsOperation.Refused("DeleteDBClusterAutomatedBackup"),
                On<DeleteDBClusterEndpointMessage, DBClusterEndpoint>(
                    "DeleteDBClusterEndpoint",
                    _parts.Endpoints.DeleteAsync,
                    RdsArn.ClusterEndpoint,
                    static asked => asked.DBClusterEndpointIdentifier
                ),
                On<DeleteDBClusterParameterGroupMessage, NoMembers>(
                    "DeleteDBClusterParameterGroup",
                    _parts.ClusterGroups.DeleteAsync,
                    RdsArn.ClusterParameterGroup,
                    static asked => asked.DBClusterParameterGroupName
                ),
                On<DBClusterSnapshotNameMessage, DBClusterSnapshotResult>(
                    "DeleteDBClusterSnapshot",
                    _parts.Snapshots.DeleteAsync,
                    RdsArn.ClusterSnapshot,
                    static asked => asked.DBClusterSnapshotIdentifier
                ),
                On<DeleteDBInstanceMessage, DBInstanceResult>(
                    "DeleteDBInstance",
                    _parts.Instances.DeleteAsync,
                    RdsArn.Instance,
                    static asked => asked.DBInstanceIdentifier
                ),
                AwsOperation.Refused("DeleteDBInstanceAutomatedBackup"),
                On<DeleteDBParameterGroupMessage, NoMembers>(
                    "DeleteDBParameterGroup",
                    _parts.InstanceGroups.DeleteAsync,
                    RdsArn.ParameterGroup,
                    static asked => asked.DBParameterGroupName
                ),
                .. Refused("DeleteDBProxy", "DeleteDBProxyEndpoint", "DeleteDBSecurityGroup", "DeleteDBShardGroup", "DeleteDBSnapshot"),
                On<DeleteDBSubnetGroupMessage, NoMembers>(
                    "DeleteDBSubnetGroup",
                    _parts.SubnetGroups.DeleteAsync,
                    RdsArn.SubnetGroup,
                    static asked => asked.DBSubnetGroupName
                ),
                .. Refused(
                    "DeleteEventSubscription",
                    "DeleteGlobalCluster",
                    "DeleteIntegration",
                    "DeleteOptionGroup",
                    "DeleteTenantDatabase",
                    "DeregisterDBProxyTargets",
                    "DescribeAccountAttributes",
                    "DescribeBlueGreenDeployments",
                    "DescribeCertificates",
                    "DescribeDBClusterAutomatedBackups",
                    "DescribeDBClusterBacktracks"
                ),
                On<DescribeDBClusterEndpointsMessage, DBClusterEndpointMessage>(
                    "DescribeDBClusterEndpoints",
                    _parts.Endpoints.Describe,
                    RdsArn.ClusterEndpoint,
                    static asked => asked.DBClusterEndpointIdentifier
                ),
                On<DescribeDBClusterParameterGroupsMessage, DBClusterParameterGroupsMessage>(
                    "DescribeDBClusterParameterGroups",
                    _parts.ClusterGroups.DescribeAsync,
                    RdsArn.ClusterParameterGroup,
                    static asked => asked.DBClusterParameterGroupName
                ),
                On<DescribeDBClusterParametersMessage, DBParameterGroupDetails>(
                    "DescribeDBClusterParameters",
                    _parts.ClusterGroups.DescribeParametersAsync,
                    RdsArn.ClusterParameterGroup,
                    static asked => asked.DBClusterParameterGroupName
                ),
                On<DBClusterSnapshotNameMessage, DescribeDBClusterSnapshotAttributesResult>(
                    "DescribeDBClusterSnapshotAttributes",
                    _parts.Snapshots.DescribeAttributes,
                    RdsArn.ClusterSnapshot,
                    static asked => asked.DBClusterSnapshotIdentifier
                ),
                On<DescribeDBClusterSnapshotsMessage, DBClusterSnapshotMessage>(
                    "DescribeDBClusterSnapshots",
                    _parts.Snapshots.Describe,
                    RdsArn.ClusterSnapshot,
                    static asked => asked.DBClusterSnapshotIdentifier
                ),
                On<DescribeDBClustersMessage, DBClusterMessage>(
                    "DescribeDBClusters",
                    _parts.Clusters.DescribeAsync,
                    RdsArn.Cluster,
                    static asked => asked.DBClusterIdentifier
                ),
                AwsOperation.Of<DescribeDBEngineVersionsMessage, DBEngineVersionMessage>(
                    "DescribeDBEngineVersions",
                    _parts.Engines.DescribeVersionsAsync
                ),
                AwsOperation.Refused("DescribeDBInstanceAutomatedBackups"),
                On<DescribeDBInstancesMessage, DBInstanceMessage>(
                    "DescribeDBInstances",
                    _parts.Instances.DescribeAsync,
                    RdsArn.Instance,
                    static asked => asked.DBInstanceIdentifier
                ),
                On<DescribeDBLogFilesMessage, DescribeDBLogFilesResponse>(
                    "DescribeDBLogFiles",
                    _parts.Logs.Describe,
                    RdsArn.Instance,
                    static asked => asked.DBInstanceIdentifier
                ),
                AwsOperation.Refused("DescribeDBMajorEngineVersions"),
                On<DescribeDBParameterGroupsMessage, DBParameterGroupsMessage>(
                    "DescribeDBParameterGroups",
                    _parts.InstanceGroups.DescribeAsync,
                    RdsArn.ParameterGroup,
                    static asked => asked.DBParameterGroupName
                ),
                On<DescribeDBParametersMessage, DBParameterGroupDetails>(
                    "DescribeDBParameters",
                    _parts.InstanceGroups.DescribeParametersAsync,
                    RdsArn.ParameterGroup,
                    static asked => asked.DBParameterGroupName
                ),
                .. Refused(
                    "DescribeDBProxies",
                    "DescribeDBProxyEndpoints",
                    "DescribeDBProxyTargetGroups",
                    "DescribeDBProxyTargets",
                    "DescribeDBRecommendations",
                    "DescribeDBSecurityGroups",
                    "DescribeDBShardGroups",
                    "DescribeDBSnapshotAttributes",
                    "DescribeDBSnapshotTenantDatabases",
                    "DescribeDBSnapshots"
                ),
                On<DescribeDBSubnetGroupsMessage, DBSubnetGroupMessage>(
                    "DescribeDBSubnetGroups",
                    _parts.SubnetGroups.Describe,
                    RdsArn.SubnetGroup,
                    static asked => asked.DBSubnetGroupName
                ),
                AwsOperation.Of<DescribeEngineDefaultParametersMessage, EngineDefaultsResult>(
                    "DescribeEngineDefaultClusterParameters",
                    _parts.ClusterGroups.DescribeDefaultsAsync
                ),
                AwsOperation.Of<DescribeEngineDefaultParametersMessage, EngineDefaultsResult>(
                    "DescribeEngineDefaultParameters",
                    _parts.InstanceGroups.DescribeDefaultsAsync
                ),
                .. Refused("DescribeEventCategories", "DescribeEventSubscriptions"),
                AwsOperation.Of<DescribeEventsMessage, EventsMessage>("DescribeEvents", _parts.Events.Describe),
                AwsOperation.Refused("DescribeExportTasks"),
                AwsOperation.Of<DescribeGlobalClustersMessage, GlobalClustersMessage>("DescribeGlobalClusters", EmptyLists.GlobalClusters),
                .. Refused("DescribeIntegrations", "DescribeOptionGroupOptions", "DescribeOptionGroups"),
                AwsOperation.Of<DescribeOrderableDBInstanceOptionsMessage, OrderableDBInstanceOptionsMessage>(
                    "DescribeOrderableDBInstanceOptions",
                    _parts.Engines.DescribeOptionsAsync
                ),
                AwsOperation.Of<DescribePendingMaintenanceActionsMessage, PendingMaintenanceActionsMessage>(
                    "DescribePendingMaintenanceActions",
                    EmptyLists.PendingMaintenanceActions
                ),
                .. Refused(
                    "DescribeReservedDBInstances",
                    "DescribeReservedDBInstancesOfferings",
                    "DescribeServerlessV2PlatformVersions",
                    "DescribeSourceRegions",
                    "DescribeTenantDatabases",
                    "DescribeValidDBInstanceModifications",
                    "DisableHttpEndpoint"
                ),
                On<DownloadDBLogFilePortionMessage, DownloadDBLogFilePortionDetails>(
                    "DownloadDBLogFilePortion",
                    _parts.Logs.DownloadAsync,
                    RdsArn.Instance,
                    static asked => asked.DBInstanceIdentifier
                ),
                AwsOperation.Refused("EnableHttpEndpoint"),
                On<FailoverDBClusterMessage, DBClusterResult>(
                    "FailoverDBCluster",
                    _parts.Clusters.FailOverAsync,
                    RdsArn.Cluster,
                    static asked => asked.DBClusterIdentifier
                ),
                AwsOperation.Refused("FailoverGlobalCluster"),
                AwsOperation.Of<ListTagsForResourceMessage, TagListMessage>(
                    "ListTagsForResource",
                    _parts.Tags.List,
                    resource: static (asked, _) => asked.ResourceName ?? "*"
                ),
                .. Refused("ModifyActivityStream", "ModifyCertificates", "ModifyCurrentDBClusterCapacity", "ModifyCustomDBEngineVersion"),
                On<ModifyDBClusterMessage, DBClusterResult>(
                    "ModifyDBCluster",
                    _parts.Clusters.ModifyAsync,
                    RdsArn.Cluster,
                    static asked => asked.DBClusterIdentifier
                ),
                On<ModifyDBClusterEndpointMessage, DBClusterEndpoint>(
                    "ModifyDBClusterEndpoint",
                    _parts.Endpoints.ModifyAsync,
                    RdsArn.ClusterEndpoint,
                    static asked => asked.DBClusterEndpointIdentifier
                ),
                On<ModifyDBClusterParameterGroupMessage, DBClusterParameterGroupNameMessage>(
                    "ModifyDBClusterParameterGroup",
                    _parts.ClusterGroups.ModifyAsync,
                    RdsArn.ClusterParameterGroup,
                    static asked => asked.DBClusterParameterGroupName
                ),
                AwsOperation.Refused("ModifyDBClusterSnapshotAttribute"),
                On<ModifyDBInstanceMessage, DBInstanceResult>(
                    "ModifyDBInstance",
                    _parts.Instances.ModifyAsync,
                    RdsArn.Instance,
                    static asked => asked.DBInstanceIdentifier
                ),
                On<ModifyDBParameterGroupMessage, DBParameterGroupNameMessage>(
                    "ModifyDBParameterGroup",
                    _parts.InstanceGroups.ModifyAsync,
                    RdsArn.ParameterGroup,
                    static asked => asked.DBParameterGroupName
                ),
                .. Refused(
                    "ModifyDBProxy",
                    "ModifyDBProxyEndpoint",
                    "ModifyDBProxyTargetGroup",
                    "ModifyDBRecommendation",
                    "ModifyDBShardGroup",
                    "ModifyDBSnapshot",
                    "ModifyDBSnapshotAttribute"
                ),
                On<ModifyDBSubnetGroupMessage, DBSubnetGroupResult>(
                    "ModifyDBSubnetGroup",
                    _parts.SubnetGroups.ModifyAsync,
                    RdsArn.SubnetGroup,
                    static asked => asked.DBSubnetGroupName
                ),
                .. Refused(
                    "ModifyEventSubscription",
                    "ModifyGlobalCluster",
                    "ModifyIntegration",
                    "ModifyOptionGroup",
                    "ModifyTenantDatabase",
                    "PromoteReadReplica",
                    "PromoteReadReplicaDBCluster",
                    "PurchaseReservedDBInstancesOffering"
                ),
                On<DBClusterNameMessage, DBClusterResult>(
                    "RebootDBCluster",
                    _parts.Clusters.RefuseReboot,
                    RdsArn.Cluster,
                    static asked => asked.DBClusterIdentifier
                ),
                On<RebootDBInstanceMessage, DBInstanceResult>(
                    "RebootDBInstance",
                    _parts.Instances.RebootAsync,
                    RdsArn.Instance,
                    static asked => asked.DBInstanceIdentifier
                ),
                .. Refused("RebootDBShardGroup", "RegisterDBProxyTargets", "RemoveFromGlobalCluster"),
                On<DBClusterRoleMessage, NoMembers>(
                    "RemoveRoleFromDBCluster",
                    _parts.Roles.RemoveFromClusterAsync,
                    RdsArn.Cluster,
                    static asked => asked.DBClusterIdentifier
                ),
                On<DBInstanceRoleMessage, NoMembers>(
                    "RemoveRoleFromDBInstance",
                    _parts.Roles.RemoveFromInstanceAsync,
                    RdsArn.Instance,
                    static asked => asked.DBInstanceIdentifier
                ),
                AwsOperation.Refused("RemoveSourceIdentifierFromSubscription"),
                AwsOperation.Of<RemoveTagsFromResourceMessage, NoMembers>(
                    "RemoveTagsFromResource",
                    _parts.Tags.RemoveAsync,
                    resource: static (asked, _) => asked.ResourceName ?? "*"
                ),
                On<ResetDBClusterParameterGroupMessage, DBClusterParameterGroupNameMessage>(
                    "ResetDBClusterParameterGroup",
                    _parts.ClusterGroups.ResetAsync,
                    RdsArn.ClusterParameterGroup,
                    static asked => asked.DBClusterParameterGroupName
                ),
                On<ResetDBParameterGroupMessage, DBParameterGroupNameMessage>(
                    "ResetDBParameterGroup",
                    _parts.InstanceGroups.ResetAsync,
                    RdsArn.ParameterGroup,
                    static asked => asked.DBParameterGroupName
                ),
                AwsOperation.Refused("RestoreDBClusterFromS3"),
                On<RestoreDBClusterFromSnapshotMessage, DBClusterResult>(
                    "RestoreDBClusterFromSnapshot",
                    WithServiceRole<RestoreDBClusterFromSnapshotMessage, DBClusterResult>(_parts.Clusters.RestoreAsync),
                    RdsArn.Cluster,
                    static asked => asked.DBClusterIdentifier
                ),
                .. Refused(
                    "RestoreDBClusterToPointInTime",
                    "RestoreDBInstanceFromDBSnapshot",
                    "RestoreDBInstanceFromS3",
                    "RestoreDBInstanceToPointInTime",
                    "RevokeDBSecurityGroupIngress",
                    "StartActivityStream"
                ),
                On<DBClusterNameMessage, DBClusterResult>(
                    "StartDBCluster",
                    _parts.Clusters.StartAsync,
                    RdsArn.Cluster,
                    static asked => asked.DBClusterIdentifier
                ),
                On<DBInstanceNameMessage, DBInstanceResult>(
                    "StartDBInstance",
                    _parts.Instances.StartAsync,
                    RdsArn.Instance,
                    static asked => asked.DBInstanceIdentifier
                ),
                .. Refused("StartDBInstanceAutomatedBackupsReplication", "StartExportTask", "StopActivityStream"),
                On<DBClusterNameMessage, DBClusterResult>(
                    "StopDBCluster",
                    _parts.Clusters.StopAsync,
                    RdsArn.Cluster,
                    static asked => asked.DBClusterIdentifier
                ),
                On<DBInstanceNameMessage, DBInstanceResult>(
                    "StopDBInstance",
                    _parts.Instances.StopAsync,
                    RdsArn.Instance,
                    static asked => asked.DBInstanceIdentifier
                ),
                .. Refused(
                    "StopDBInstanceAutomatedBackupsReplication",
                    "SwitchoverBlueGreenDeployment",
                    "SwitchoverGlobalCluster",
                    "SwitchoverReadReplica"
                ),
            ],
        };
    }

    public AwsService Description { get; }

    internal InstanceFacts Facts => _parts.Facts;

    /// <summary>A line for each database that another PostgreSQL runs for than the one it shows.</summary>
    public IEnumerable<string> StandIns => _parts.StandIns();

    /// <summary>Clusters and instances of an account: Region and ARN of each.</summary>
    internal IEnumerable<(string Region, string Arn)> ResourcesOf(string accountId) => _parts.ResourcesOf(accountId);

    /// <summary>The instance whose server has a token; null for anybody else's.</summary>
    public InstanceName? InstanceWith(string token) => _parts.Credentials.InstanceWith(token);

    /// <summary>Before the first request: nobody is told that something is available which ran when an earlier process ended, and does not
    /// yet.</summary>
    public async Task PrepareAsync()
    {
        await _parts.Running.FinishRenamingAsync();
        await _parts.Running.MarkStartingAsync();
    }

    /// <summary>Starts the servers that ran when an earlier process ended.</summary>
    public void Resume()
    {
        _parts.Running.Resume();
        _parts.KeptSnapshots.Resume();
    }

    /// <summary>Stops every server; state and data stay as they are. Nothing goes on behind the answers until
    /// <see cref="Continue"/>.</summary>
    public async Task StopAllAsync(CancellationToken hurry)
    {
        await _parts.Maintenance.PauseAsync();
        await Task.WhenAll(_parts.Running.EndAllAsync(hurry), _parts.KeptSnapshots.EndAsync());
    }

    /// <summary>After the store was emptied: removes what it described.</summary>
    public void Forget()
    {
        Continue();
        _parts.Events.Forget();
        _parts.Files.RemoveAll();
        _parts.KeptSnapshots.Files.RemoveAll();
    }

    /// <summary>After <see cref="StopAllAsync"/>: new databases may come.</summary>
    public void Continue()
    {
        _parts.Running.Forget();
        _parts.Maintenance.Continue();
    }

    public void Dispose() => _parts.Dispose();

    /// <param name="kind">Of what the operation is about: <see cref="RdsArn"/>.</param>
    /// <param name="nameOf">Its name, or ARN; null when a request names none.</param>
    private static AwsOperation On<TRequest, TResponse>(
        string name,
        Func<TRequest, OperationContext, ValueTask<TResponse>> run,
        string kind,
        Func<TRequest, string?> nameOf
    )
        where TRequest : class
        where TResponse : class => AwsOperation.Of(name, run, resource: (request, context) => RdsArn.OrAll(context, kind, nameOf(request)));

    private static AwsOperation On<TRequest, TResponse>(
        string name,
        Func<TRequest, OperationContext, TResponse> run,
        string kind,
        Func<TRequest, string?> nameOf
    )
        where TRequest : class
        where TResponse : class => AwsOperation.Of(name, run, resource: (request, context) => RdsArn.OrAll(context, kind, nameOf(request)));

    private static IEnumerable<AwsOperation> Refused(params string[] names) => names.Select(static name => AwsOperation.Refused(name));
}
