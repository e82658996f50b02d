using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Postgres;
using Daybreak.Cloud.Rds.Endpoints;
using Daybreak.Cloud.Rds.Instances;
using Daybreak.Cloud.Rds.MasterPasswords;
using Daybreak.Cloud.Rds.Running;
using Daybreak.Cloud.Rds.Servers;
using Daybreak.Cloud.Rds.Settings;
using Daybreak.Cloud.Rds.Snapshots;
using Daybreak.Cloud.Rds.States;
using Daybreak.Cloud.Rds.SubnetGroups;
using Daybreak.Cloud.Rds.Tags;

namespace Daybreak.Cloud.Rds.Clusters;

/// <summary>Operations on DB clusters. They answer at once; long steps continue with the cluster's servers.</summary>
internal sealed class ClusterOperations(
    Databases databases,
    ClusterActors running,
    Maintenance maintenance,
    ServerStart start,
    ClusterPlans plans,
    ClusterSnapshots snapshots,
    CustomEndpoints endpoints,
    SubnetGroupOperations subnetGroups,
    IRoleCredentials roles,
    MonitoringRoles monitoringRoles,
    ManagedPasswords passwords
) : ITagged
{
    public IEnumerable<AwsOperation> Operations(IServiceLinkedRole serviceLinkedRole) =>
        [
            new RdsCreation<CreateDBClusterMessage, DBClusterResult>(serviceLinkedRole, "CreateDBCluster", CreateAsync)
            {
                Resource = static (r, c) => RdsArn.OrAll(c, RdsArn.Cluster, r.DBClusterIdentifier),
            },
            new AwsOperation<DeleteDBClusterMessage, DBClusterResult>("DeleteDBCluster", DeleteAsync)
            {
                Resource = static (r, c) => RdsArn.OrAll(c, RdsArn.Cluster, r.DBClusterIdentifier),
            },
            new AwsOperation<DescribeDBClustersMessage, DBClusterMessage>("DescribeDBClusters", DescribeAsync)
            {
                Resource = static (r, c) => RdsArn.OrAll(c, RdsArn.Cluster, r.DBClusterIdentifier),
            },
            new AwsOperation<FailoverDBClusterMessage, DBClusterResult>("FailoverDBCluster", FailOverAsync)
            {
                Resource = static (r, c) => RdsArn.OrAll(c, RdsArn.Cluster, r.DBClusterIdentifier),
            },
            new AwsOperation<ModifyDBClusterMessage, DBClusterResult>("ModifyDBCluster", ModifyAsync)
            {
                Resource = static (r, c) => RdsArn.OrAll(c, RdsArn.Cluster, r.DBClusterIdentifier),
            },
            new AwsOperation<DBClusterNameMessage, DBClusterResult>("RebootDBCluster", RefuseReboot)
            {
                Resource = static (r, c) => RdsArn.OrAll(c, RdsArn.Cluster, r.DBClusterIdentifier),
            },
            new RdsCreation<RestoreDBClusterFromSnapshotMessage, DBClusterResult>(
                serviceLinkedRole,
                "RestoreDBClusterFromSnapshot",
                RestoreAsync
            )
            {
                Resource = static (r, c) => RdsArn.OrAll(c, RdsArn.Cluster, r.DBClusterIdentifier),
            },
            new AwsOperation<DBClusterNameMessage, DBClusterResult>("StartDBCluster", StartAsync)
            {
                Resource = static (r, c) => RdsArn.OrAll(c, RdsArn.Cluster, r.DBClusterIdentifier),
            },
            new AwsOperation<DBClusterNameMessage, DBClusterResult>("StopDBCluster", StopAsync)
            {
                Resource = static (r, c) => RdsArn.OrAll(c, RdsArn.Cluster, r.DBClusterIdentifier),
            },
        ];

    public string Kind => RdsArn.Cluster;

    public async ValueTask<DBClusterResult> CreateAsync(CreateDBClusterMessage request, OperationContext context)
    {
        var isManaged = new PasswordRequest(
            request.ManageMasterUserPassword,
            request.MasterUserPassword,
            request.MasterUserSecretKmsKeyId
        ).IsManagedFromTheStart();
        var cluster = await plans.NewAsync(
            request,
            ClusterRules.User(request.MasterUsername),
            isManaged ? "" : ScramVerifier.Of(ClusterRules.Password(request.MasterUserPassword)),
            ClusterRules.Database(request.DatabaseName, "DatabaseName"),
            context
        );
        if (!isManaged)
            return await AddAsync(cluster);
        if (databases.Find(cluster.Key) is not null)
            throw RdsErrors.ClusterExists();
        cluster = await passwords.ManageAsync(cluster, request.MasterUserSecretKmsKeyId, context);
        try
        {
            return await AddAsync(cluster);
        }
        catch
        {
            await passwords.DiscardAsync(cluster);
            throw;
        }
    }

    /// <summary>Creates a cluster whose data is a copy of a snapshot's.</summary>
    public async ValueTask<DBClusterResult> RestoreAsync(RestoreDBClusterFromSnapshotMessage request, OperationContext context)
    {
        using var held = await snapshots.LockAsync(snapshots.Get(context, request.SnapshotIdentifier, "SnapshotIdentifier").Key);
        var snapshot = snapshots.Get(context, request.SnapshotIdentifier, "SnapshotIdentifier");
        var like = SnapshotRules.NewCluster(request, snapshot);
        var cluster = await plans.NewAsync(like, snapshot.MasterUsername, snapshot.PasswordVerifier, snapshot.DatabaseName, context);
        return await AddAsync(
            cluster with
            {
                RestoresSnapshot = snapshot.ResourceId,
                StandIn = snapshot.ServerMajor == cluster.Major ? null : snapshot.ServerMajor,
            }
        );
    }

    private async Task<DBClusterResult> AddAsync(Cluster cluster)
    {
        using (await databases.LockAsync(cluster.Key))
        {
            if (!await databases.TryAddAsync(cluster))
                throw RdsErrors.ClusterExists();
        }
        _ = running.Of(cluster).Create();
        return await ResultAsync(cluster);
    }

    public async ValueTask<DBClusterMessage> DescribeAsync(DescribeDBClustersMessage request, OperationContext context)
    {
        IEnumerable<Cluster> all = request.DBClusterIdentifier is not { } named
            ? databases.Clusters(context)
            : [databases.Cluster(context, named, "Filter: db-cluster-id")];
        all = Filter.Apply(
            all,
            request.Filters,
            new Dictionary<string, Func<Cluster, IEnumerable<string>>>
            {
                ["clone-group-id"] = _ => [],
                ["db-cluster-id"] = cluster => [cluster.Identifier, cluster.Arn],
                ["db-cluster-resource-id"] = cluster => [cluster.ResourceId],
                ["domain"] = _ => [],
                ["engine"] = cluster => [cluster.Engine],
            }
        );
        var page = Page.Of(all, cluster => cluster.Identifier, request.MaxRecords, request.Marker);
        var shown = new List<DBCluster>(page.Items.Count);
        foreach (var cluster in page.Items)
            shown.Add((await ResultAsync(cluster)).DBCluster);
        return new DBClusterMessage { Marker = page.Marker, DBClusters = shown };
    }

    public async ValueTask<DBClusterResult> ModifyAsync(ModifyDBClusterMessage request, OperationContext context)
    {
        var named = databases.Cluster(context, request.DBClusterIdentifier);
        using var held = await databases.LockAsync(named.Key);
        var cluster = databases.Cluster(context, request.DBClusterIdentifier);
        StateTable.Check("ModifyDBCluster", cluster);
        var change = new PasswordRequest(
            request.ManageMasterUserPassword,
            request.MasterUserPassword,
            request.MasterUserSecretKmsKeyId,
            request.RotateMasterUserPassword,
            request.ApplyImmediately
        ).ChangeOf(cluster);
        if (request.EngineVersion is { } version && !cluster.HasVersion(version))
            throw NotImplemented.Of("the change of a cluster's EngineVersion");
        if (request.Port is { } port && port != cluster.Port)
            throw NotImplemented.Of("the change of a cluster's Port");
        Backtrack.IsOff(request.BacktrackWindow);
        var mode = InsightsMode.Of(request.DatabaseInsightsMode, cluster.InsightsMode);
        var vpc = subnetGroups.Find(cluster.SubnetGroup, context).VpcId;
        var after = cluster with
        {
            BackupRetentionPeriod = request.BackupRetentionPeriod is { } days
                ? ClusterRules.BackupRetention(days)
                : cluster.BackupRetentionPeriod,
            ParameterGroup = request.DBClusterParameterGroupName is { } group
                ? await plans.ParameterGroupAsync(group, cluster.Family, context)
                : cluster.ParameterGroup,
            IamAuthentication = request.EnableIAMDatabaseAuthentication ?? cluster.IamAuthentication,
            VpcSecurityGroupIds = request.VpcSecurityGroupIds is { Count: > 0 } groups
                ? plans.SecurityGroups(groups, vpc, context)
                : cluster.VpcSecurityGroupIds,
            PendingPasswordVerifier = request.MasterUserPassword is { } password
                ? ScramVerifier.Of(ClusterRules.Password(password))
                : cluster.PendingPasswordVerifier,
            // A request for the current name cancels a pending change.
            PendingIdentifier = databases.NewIdentifier(request.NewDBClusterIdentifier, cluster) is { } name
                ? name == cluster.Identifier
                    ? null
                    : name
                : cluster.PendingIdentifier,
            PreferredBackupWindow = request.PreferredBackupWindow is { } window
                ? ClusterRules.BackupWindow(window)
                : cluster.PreferredBackupWindow,
            PreferredMaintenanceWindow = request.PreferredMaintenanceWindow is { } week
                ? ClusterRules.MaintenanceWindow(week)
                : cluster.PreferredMaintenanceWindow,
            DeletionProtection = request.DeletionProtection ?? cluster.DeletionProtection,
            LogExports = LogExports.Change(request.CloudwatchLogsExportConfiguration, cluster),
            CopyTagsToSnapshot = request.CopyTagsToSnapshot ?? cluster.CopyTagsToSnapshot,
            StorageType = request.StorageType is { } type ? ClusterRules.Storage(type) : cluster.StorageType,
            AutoMinorVersionUpgrade = request.AutoMinorVersionUpgrade ?? cluster.AutoMinorVersionUpgrade,
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
            Serverless = request.ServerlessV2ScalingConfiguration is { } scaling ? ClusterRules.Serverless(scaling) : cluster.Serverless,
        };
        after = await passwords.ChangedAsync(change, after, request.MasterUserPassword, request.MasterUserSecretKmsKeyId, context);
        // As on AWS, of these only the password and the identifier wait for the maintenance window.
        after = await maintenance.PutAsync(after, request.ApplyImmediately == true);
        if (after.ParameterGroup != cluster.ParameterGroup || after.IamAuthentication != cluster.IamAuthentication)
            _ = running.Of(after).Reload();
        await passwords.ApplyAsync(change, cluster, after);
        return await ResultAsync(after);
    }

    public async ValueTask<DBClusterResult> DeleteAsync(DeleteDBClusterMessage request, OperationContext context)
    {
        var named = databases.Cluster(context, request.DBClusterIdentifier);
        using var held = await databases.LockAsync(named.Key);
        var cluster = databases.Cluster(context, request.DBClusterIdentifier);
        if (cluster.DeletionProtection)
            throw RdsErrors.InvalidCombination("Cannot delete protected Cluster, please disable deletion protection and try again.");
        var final = SnapshotRules.Final(request);
        StateTable.Check("DeleteDBCluster", cluster);
        var members = databases.Members(cluster);
        if (members.Any(member => member.Status != InstanceStatus.Deleting))
            throw RdsErrors.InvalidClusterState("Cluster cannot be deleted, it still contains DB instances in non-deleting state.");
        if (final is not null)
        {
            StateTable.Check("CreateDBClusterSnapshot", cluster);
            var tags = cluster.CopyTagsToSnapshot ? cluster.Tags : new Dictionary<string, string>();
            running.TakeSnapshot(
                cluster,
                await snapshots.AddAsync(cluster, final, subnetGroups.Find(cluster.SubnetGroup, context).VpcId, tags)
            );
        }
        var after = cluster with { Status = ClusterStatus.Deleting };
        await databases.PutAsync(after);
        running.Delete(after);
        return await ResultAsync(after);
    }

    public async ValueTask<DBClusterResult> StopAsync(DBClusterNameMessage request, OperationContext context)
    {
        var cluster = await MoveAsync("StopDBCluster", request, context, ClusterStatus.Stopping, InstanceStatus.Stopping);
        _ = running.Of(cluster).StopAll();
        return await ResultAsync(cluster);
    }

    public async ValueTask<DBClusterResult> StartAsync(DBClusterNameMessage request, OperationContext context)
    {
        var cluster = await MoveAsync("StartDBCluster", request, context, ClusterStatus.Starting, InstanceStatus.Starting);
        _ = running.Of(cluster).StartAll();
        return await ResultAsync(cluster);
    }

    /// <summary>A cluster of Aurora cannot be rebooted in any state.</summary>
    public DBClusterResult RefuseReboot(DBClusterNameMessage request, OperationContext context)
    {
        var cluster = databases.Cluster(context, request.DBClusterIdentifier);
        throw StateTable.Refusal("RebootDBCluster", Subject.Cluster, cluster.Identifier, StatusName.Of(cluster.Status))!;
    }

    public async ValueTask<DBClusterResult> FailOverAsync(FailoverDBClusterMessage request, OperationContext context)
    {
        var named = databases.Cluster(context, request.DBClusterIdentifier);
        using var held = await databases.LockAsync(named.Key);
        var cluster = databases.Cluster(context, request.DBClusterIdentifier);
        StateTable.Check("FailoverDBCluster", cluster);
        Instance? target;
        if (string.IsNullOrEmpty(request.TargetDBInstanceIdentifier))
            target = Failover.Successor(cluster, databases.Members(cluster));
        else
        {
            target = databases.Instance(context, request.TargetDBInstanceIdentifier, "TargetDBInstanceIdentifier");
            if (target.ClusterIdentifier != cluster.Identifier || target.Identifier == cluster.Writer)
                throw RdsErrors.InvalidInstanceState($"{target.Identifier} is not a reader of the cluster {cluster.Identifier}.");
            StateTable.Check("FailoverDBCluster", target, cluster);
        }
        if (target is null)
            throw RdsErrors.InvalidClusterState($"Cluster {cluster.Identifier} has no reader to fail over to.");
        var after = cluster with { Status = ClusterStatus.FailingOver };
        await databases.PutAsync(after);
        _ = running.Of(cluster).FailOverTo(target);
        return await ResultAsync(after);
    }

    public IReadOnlyDictionary<string, string> TagsOf(string name, OperationContext context) => databases.Cluster(context, name).Tags;

    public async Task ChangeTagsAsync(
        string name,
        OperationContext context,
        Func<IReadOnlyDictionary<string, string>, IReadOnlyDictionary<string, string>> change
    ) => await databases.ChangeAsync(databases.Cluster(context, name), now => now with { Tags = change(now.Tags) });

    private async Task<Cluster> MoveAsync(
        string operation,
        DBClusterNameMessage request,
        OperationContext context,
        ClusterStatus after,
        InstanceStatus members
    )
    {
        var named = databases.Cluster(context, request.DBClusterIdentifier);
        using var held = await databases.LockAsync(named.Key);
        var cluster = databases.Cluster(context, request.DBClusterIdentifier);
        StateTable.Check(operation, cluster);
        foreach (var instance in databases.Members(cluster).Where(member => member.Status != InstanceStatus.Deleting))
            await databases.PutAsync(instance with { Status = members });
        cluster = cluster with { Status = after };
        await databases.PutAsync(cluster);
        return cluster;
    }

    private async Task<DBClusterResult> ResultAsync(Cluster cluster)
    {
        var members = databases.Members(cluster);
        var pending = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var member in members.Where(member => member.Status == InstanceStatus.Available))
        {
            if ((await start.ArePendingAsync(cluster, member)).Cluster)
                pending[member.Identifier] = "pending-reboot";
        }
        return new DBClusterResult { DBCluster = DBCluster.Of(cluster, members, endpoints.Of(cluster), roles, pending) };
    }
}
