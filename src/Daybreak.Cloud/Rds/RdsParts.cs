using System.Collections.Immutable;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.FrontDoor.Authentication;
using Daybreak.Cloud.Rds.Clusters;
using Daybreak.Cloud.Rds.Endpoints;
using Daybreak.Cloud.Rds.Engines;
using Daybreak.Cloud.Rds.Events;
using Daybreak.Cloud.Rds.Instances;
using Daybreak.Cloud.Rds.Logins;
using Daybreak.Cloud.Rds.MasterPasswords;
using Daybreak.Cloud.Rds.ParameterGroups;
using Daybreak.Cloud.Rds.Roles;
using Daybreak.Cloud.Rds.Running;
using Daybreak.Cloud.Rds.Servers;
using Daybreak.Cloud.Rds.Settings;
using Daybreak.Cloud.Rds.Snapshots;
using Daybreak.Cloud.Rds.SubnetGroups;
using Daybreak.Cloud.Rds.Tags;
using Daybreak.Cloud.Rds.Unoffered;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Rds;

/// <summary>
/// Creates the parts of RDS from the bottom up: the state, the servers, and for each kind of resource a class with its operations.
/// </summary>
internal sealed class RdsParts : IDisposable
{
    private readonly Databases _databases;
    private readonly CustomEndpoints _customEndpoints;
    private readonly LoginListener _logins;
    private readonly ResourceTable<SubnetGroup> _subnetGroupTable;
    private readonly ResourceTable<ParameterGroup> _clusterGroupTable;
    private readonly ResourceTable<ParameterGroup> _instanceGroupTable;

    public RdsParts(
        StateStore store,
        ISubnets subnets,
        IInstanceNetwork network,
        IRoleCredentials roles,
        IServiceLinkedRole serviceLinkedRole,
        IMasterSecrets secrets,
        ImmutableArray<IAccessKeys> accessKeys,
        IPermissions permissions,
        IDatabaseLogs logs,
        Uri endpoint,
        RdsOptions options,
        TimeProvider time
    )
    {
        Directory = new DatabaseDirectory(options.StateDirectory);
        Events = new EventLog(store.Table("rds_events", RdsState.Default.DatabaseEvent), time);
        var engines = new DatabaseEngines(options.Postgres, () => Directory.Templates, options.TakesAnyEngineVersion);
        _databases = new Databases(
            store.Table("rds_clusters", RdsState.Default.Cluster),
            store.Table("rds_instances", RdsState.Default.Instance)
        );

        // Groups
        _subnetGroupTable = store.Table("rds_subnet_groups", RdsState.Default.SubnetGroup);
        var subnetGroups = new SubnetGroupOperations(_subnetGroupTable, subnets, _databases.UserOfSubnetGroup);
        var places = new InstancePlaces(subnetGroups, network);
        (_databases.Placed, _databases.Removed) = (places.PlaceAsync, places.RemoveAsync);
        _clusterGroupTable = store.Table("rds_cluster_parameter_groups", RdsState.Default.ParameterGroup);
        var groupsOfClusters = new ParameterGroupSet(
            RdsArn.ClusterParameterGroup,
            "DBClusterParameterGroup",
            _clusterGroupTable,
            engines,
            (context, name) => _databases.Clusters(context).Any(cluster => cluster.ParameterGroup == name)
        );
        _instanceGroupTable = store.Table("rds_parameter_groups", RdsState.Default.ParameterGroup);
        var groupsOfInstances = new ParameterGroupSet(
            RdsArn.ParameterGroup,
            "DBParameterGroup",
            _instanceGroupTable,
            engines,
            (context, name) => _databases.Instances(context).Any(instance => instance.ParameterGroup == name)
        );

        // Servers
        Files = new ServerFiles(Directory);
        Credentials = new ServerCredentials(_databases.WithResourceId, roles, places, endpoint);
        _customEndpoints = new CustomEndpoints(store.Table("rds_cluster_endpoints", RdsState.Default.CustomEndpoint));
        _logins = new LoginListener(
            _databases,
            new TokenCheck(_customEndpoints, accessKeys, permissions, time, TimeProvider.System),
            logs,
            options.Failed
        );
        Certificates = new ServerCertificates(() => Directory.Authority, TimeProvider.System); // clients check them by the real time
        var start = new ServerStart(
            engines,
            Files,
            Certificates,
            groupsOfClusters,
            groupsOfInstances,
            Credentials,
            _customEndpoints,
            _databases,
            logs,
            _logins,
            throwAway: options.StateDirectory is null
        );
        KeptSnapshots = new ClusterSnapshots(
            store.Table("rds_cluster_snapshots", RdsState.Default.ClusterSnapshot),
            new SnapshotFiles(Directory, Files, engines, throwAway: options.StateDirectory is null),
            Events,
            time
        );
        Running = new ClusterActors(
            new ClusterParts(
                _databases,
                start,
                Files,
                Credentials,
                KeptSnapshots,
                _customEndpoints,
                new Renaming(_databases, _customEndpoints),
                Events,
                secrets,
                options.Failed
            )
        );
        Maintenance = new Maintenance(_databases, Running, options.Failed, time);
        groupsOfClusters.Changed = (context, name) =>
            ReloadAsync(_databases.Clusters(context).Where(cluster => cluster.ParameterGroup == name));
        groupsOfInstances.Changed = (context, name) =>
            ReloadAsync(
                _databases
                    .Instances(context)
                    .Where(instance => instance.ParameterGroup == name)
                    .Select(instance => _databases.Find(instance.ClusterKey))
                    .OfType<Cluster>()
                    .Distinct()
            );

        // Databases
        var monitoringRoles = new MonitoringRoles(roles, permissions);
        var clusterPlans = new ClusterPlans(engines, groupsOfClusters, subnetGroups, subnets, monitoringRoles, time);
        Passwords = new ManagedPasswords(_databases, Running, secrets, permissions);
        var clusters = new ClusterOperations(
            _databases,
            Running,
            Maintenance,
            start,
            clusterPlans,
            KeptSnapshots,
            _customEndpoints,
            subnetGroups,
            roles,
            monitoringRoles,
            Passwords
        );
        var endpoints = new EndpointOperations(_customEndpoints, _databases, Running);
        var snapshots = new SnapshotOperations(KeptSnapshots, _databases, Running, subnetGroups, time);
        var instancePlans = new InstancePlans(engines, clusterPlans, groupsOfInstances, subnetGroups, subnets, monitoringRoles, time);
        var standalone = new StandaloneInstances(_databases, Running, instancePlans, clusterPlans, subnetGroups, Passwords);
        var instances = new InstanceOperations(
            _databases,
            Running,
            Maintenance,
            start,
            instancePlans,
            standalone,
            groupsOfInstances,
            subnetGroups,
            roles,
            monitoringRoles
        );
        Facts = new InstanceFacts(_databases, _customEndpoints, Files);
        var tags = new TagOperations(clusters, endpoints, snapshots, instances, subnetGroups, groupsOfClusters, groupsOfInstances);
        Operations =
        [
            .. clusters.Operations(serviceLinkedRole),
            .. endpoints.Operations(),
            .. snapshots.Operations(),
            .. instances.Operations(serviceLinkedRole),
            .. new LogFiles(_databases, Files).Operations(),
            .. new RoleOperations(_databases, Credentials, permissions).Operations(),
            .. subnetGroups.Operations(),
            .. new ClusterParameterGroupOperations(groupsOfClusters).Operations(),
            .. new InstanceParameterGroupOperations(groupsOfInstances).Operations(),
            .. tags.Operations(),
            .. new EngineOperations(engines, subnets).Operations(),
            .. Events.Operations(),
            .. EmptyLists.Operations(),
        ];
    }

    public DatabaseDirectory Directory { get; }

    public ServerCertificates Certificates { get; }

    public ServerFiles Files { get; }

    public ClusterActors Running { get; }

    public ServerCredentials Credentials { get; }

    public Maintenance Maintenance { get; }

    public ManagedPasswords Passwords { get; }

    public ClusterSnapshots KeptSnapshots { get; }

    public EventLog Events { get; }

    public InstanceFacts Facts { get; }

    /// <summary>The operations of every kind of resource.</summary>
    public ImmutableArray<AwsOperation> Operations { get; }

    /// <summary>Clusters and instances for which another major runs than the one that they show.</summary>
    public IEnumerable<string> StandIns() =>
        _databases
            .AllClusters.Where(cluster => cluster.StandIn is not null)
            .Select(cluster =>
                $"{cluster.OnlyInstance ?? cluster.Identifier} shows {cluster.EngineVersion} and runs PostgreSQL {cluster.StandIn}"
            )
            .Order(StringComparer.Ordinal);

    /// <summary>Returns the Region and ARN of each cluster and instance of an account.</summary>
    public IEnumerable<(string Region, string Arn)> ResourcesOf(string accountId) =>
        _databases
            .AllClusters.Where(cluster => cluster.AccountId == accountId && cluster.OnlyInstance is null)
            .Select(static cluster => (cluster.Region, cluster.Arn))
            .Concat(
                _databases
                    .AllInstances.Where(instance => instance.AccountId == accountId)
                    .Select(static instance => (instance.Region, instance.Arn))
            );

    /// <summary>Returns the number of resources of each kind.</summary>
    public IReadOnlyDictionary<string, int> Count() =>
        new Dictionary<string, int>
        {
            ["clusters"] = _databases.ClusterCount,
            ["instances"] = _databases.InstanceCount,
            ["clusterEndpoints"] = _customEndpoints.Count,
            ["clusterSnapshots"] = KeptSnapshots.Count,
            ["subnetGroups"] = _subnetGroupTable.Count,
            ["parameterGroups"] = _clusterGroupTable.Count + _instanceGroupTable.Count,
        };

    public void Dispose()
    {
        Maintenance.Dispose();
        _logins.Dispose();
        Credentials.Dispose();
        Directory.Dispose();
    }

    private Task ReloadAsync(IEnumerable<Cluster> clusters) => Task.WhenAll(clusters.Select(cluster => Running.Of(cluster).Reload()));
}
