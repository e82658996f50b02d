using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Rds.Clusters;
using Daybreak.Cloud.Rds.ParameterGroups;
using Daybreak.Cloud.Rds.Running;
using Daybreak.Cloud.Rds.Servers;
using Daybreak.Cloud.Rds.Settings;
using Daybreak.Cloud.Rds.States;
using Daybreak.Cloud.Rds.SubnetGroups;
using Daybreak.Cloud.Rds.Tags;

namespace Daybreak.Cloud.Rds.Instances;

/// <summary>Operations on DB instances. They answer at once; long steps continue with the cluster's servers.</summary>
internal sealed class InstanceOperations(
    Databases databases,
    ClusterActors running,
    Maintenance maintenance,
    ServerStart start,
    InstancePlans plans,
    StandaloneInstances standalone,
    ParameterGroupSet parameterGroups,
    SubnetGroupOperations subnetGroups,
    IRoleCredentials roles,
    MonitoringRoles monitoringRoles
) : ITagged
{
    public IEnumerable<AwsOperation> Operations(IServiceLinkedRole serviceLinkedRole) =>
        [
            new RdsCreation<CreateDBInstanceMessage, DBInstanceResult>(serviceLinkedRole, "CreateDBInstance", CreateAsync)
            {
                Resource = static (r, c) => RdsArn.OrAll(c, RdsArn.Instance, r.DBInstanceIdentifier),
            },
            new AwsOperation<DeleteDBInstanceMessage, DBInstanceResult>("DeleteDBInstance", DeleteAsync)
            {
                Resource = static (r, c) => RdsArn.OrAll(c, RdsArn.Instance, r.DBInstanceIdentifier),
            },
            new AwsOperation<DescribeDBInstancesMessage, DBInstanceMessage>("DescribeDBInstances", DescribeAsync)
            {
                Resource = static (r, c) => RdsArn.OrAll(c, RdsArn.Instance, r.DBInstanceIdentifier),
            },
            new AwsOperation<ModifyDBInstanceMessage, DBInstanceResult>("ModifyDBInstance", ModifyAsync)
            {
                Resource = static (r, c) => RdsArn.OrAll(c, RdsArn.Instance, r.DBInstanceIdentifier),
            },
            new AwsOperation<RebootDBInstanceMessage, DBInstanceResult>("RebootDBInstance", RebootAsync)
            {
                Resource = static (r, c) => RdsArn.OrAll(c, RdsArn.Instance, r.DBInstanceIdentifier),
            },
            new AwsOperation<DBInstanceNameMessage, DBInstanceResult>("StartDBInstance", StartAsync)
            {
                Resource = static (r, c) => RdsArn.OrAll(c, RdsArn.Instance, r.DBInstanceIdentifier),
            },
            new AwsOperation<DBInstanceNameMessage, DBInstanceResult>("StopDBInstance", StopAsync)
            {
                Resource = static (r, c) => RdsArn.OrAll(c, RdsArn.Instance, r.DBInstanceIdentifier),
            },
        ];

    public string Kind => RdsArn.Instance;

    public async ValueTask<DBInstanceResult> CreateAsync(CreateDBInstanceMessage request, OperationContext context)
    {
        _ = RdsName.New(request.DBInstanceIdentifier, "DBInstanceIdentifier");
        if (string.IsNullOrEmpty(request.DBInstanceClass))
            throw RdsErrors.Missing("DBInstanceClass");
        if (string.IsNullOrEmpty(request.Engine))
            throw RdsErrors.Missing("Engine");
        if (string.IsNullOrEmpty(request.DBClusterIdentifier))
            return await ResultAsync(await standalone.CreateAsync(request, context), context);
        InstanceRules.BelongsToTheCluster(request);
        var named = databases.Cluster(context, request.DBClusterIdentifier);
        using var held = await databases.LockAsync(named.Key);
        var cluster = databases.Cluster(context, request.DBClusterIdentifier);
        InstanceRules.FitsTheCluster(request, cluster);
        var instance = await plans.NewAsync(request, cluster, databases.Members(cluster).Count, context);
        if (!await databases.TryAddAsync(instance))
            throw RdsErrors.InstanceExists();
        if (cluster.Writer is null)
        {
            cluster = cluster with { Writer = instance.Identifier };
            await databases.PutAsync(cluster);
        }
        _ = running.Of(cluster).Create(instance);
        return await ResultAsync(instance, context);
    }

    public async ValueTask<DBInstanceMessage> DescribeAsync(DescribeDBInstancesMessage request, OperationContext context)
    {
        IEnumerable<Instance> all = request.DBInstanceIdentifier is not { } named
            ? databases.Instances(context)
            : [databases.Instance(context, named, "Filter: db-instance-id")];
        all = Filter.Apply(
            all,
            request.Filters,
            new Dictionary<string, Func<Instance, IEnumerable<string>>>
            {
                ["db-cluster-id"] = instance =>
                    instance.Storage is not null
                        ? []
                        : [instance.ClusterIdentifier, RdsArn.Of(context, RdsArn.Cluster, instance.ClusterIdentifier)],
                ["db-instance-id"] = instance => [instance.Identifier, instance.Arn],
                ["dbi-resource-id"] = instance => [instance.ResourceId],
                ["domain"] = _ => [],
                ["engine"] = instance => databases.Find(instance.ClusterKey) is { } cluster ? [cluster.Engine] : [],
            }
        );
        var page = Page.Of(all, instance => instance.Identifier, request.MaxRecords, request.Marker);
        var shown = new List<DBInstance>(page.Items.Count);
        foreach (var instance in page.Items.Where(instance => databases.Find(instance.ClusterKey) is not null))
            shown.Add((await ResultAsync(instance, context)).DBInstance);
        return new DBInstanceMessage { Marker = page.Marker, DBInstances = shown };
    }

    public async ValueTask<DBInstanceResult> ModifyAsync(ModifyDBInstanceMessage request, OperationContext context)
    {
        var named = databases.Instance(context, request.DBInstanceIdentifier);
        using var held = await databases.LockAsync(named.ClusterKey);
        var instance = databases.Instance(context, request.DBInstanceIdentifier);
        var cluster = databases.Find(instance.ClusterKey)!;
        StateTable.Check("ModifyDBInstance", instance, cluster);
        var mode = InsightsMode.Of(request.DatabaseInsightsMode, instance.InsightsMode);
        if (request.PubliclyAccessible == true && !instance.PubliclyAccessible)
            plans.MayBePublic(cluster, context);
        if (cluster.OnlyInstance is null)
            InstanceRules.BelongsToTheCluster(request);
        var storage = InstanceRules.NamesStorage(request)
            ? instance.Storage?.Change(
                request.StorageType,
                request.AllocatedStorage,
                request.Iops,
                request.StorageThroughput,
                request.MaxAllocatedStorage
            )
            : null;
        if (storage is not null) // the limit applies at once
            instance = instance with { Storage = instance.Storage! with { Maximum = storage.Maximum } };
        var after = instance with
        {
            Pending = PendingModifications.Of(
                instance,
                databases.NewIdentifier(request.NewDBInstanceIdentifier, instance),
                request.DBInstanceClass is { } asked ? InstanceRules.Class(asked, cluster) : null,
                InstanceRules.Certificate(request.CACertificateIdentifier),
                storage
            ),
            ParameterGroup = request.DBParameterGroupName is { } group
                ? await parameterGroups.ChooseAsync(group, cluster.Family, context)
                : instance.ParameterGroup,
            PreferredMaintenanceWindow = request.PreferredMaintenanceWindow is { } week
                ? ClusterRules.MaintenanceWindow(week)
                : instance.PreferredMaintenanceWindow,
            AutoMinorVersionUpgrade = request.AutoMinorVersionUpgrade ?? instance.AutoMinorVersionUpgrade,
            CopyTagsToSnapshot = request.CopyTagsToSnapshot ?? instance.CopyTagsToSnapshot,
            PubliclyAccessible = request.PubliclyAccessible ?? instance.PubliclyAccessible,
            Insights = PerformanceInsights.Of(
                request.EnablePerformanceInsights,
                request.PerformanceInsightsKMSKeyId,
                request.PerformanceInsightsRetentionPeriod,
                mode,
                instance.Insights,
                context.AccountId,
                context.Region
            ),
            InsightsMode = mode,
            Monitoring = EnhancedMonitoring.Of(
                request.MonitoringInterval,
                request.MonitoringRoleArn,
                instance.Monitoring,
                monitoringRoles,
                context
            ),
            PromotionTier = request.PromotionTier is { } tier ? InstanceRules.Tier(tier) : instance.PromotionTier,
        };
        if (cluster.OnlyInstance is not null)
            await standalone.ModifyAsync(request, cluster, context);
        // As on AWS, the other changes do not wait.
        after = await maintenance.PutAsync(after, request.ApplyImmediately == true);
        if (after.ParameterGroup != instance.ParameterGroup)
            _ = running.Of(cluster).Reload();
        return await ResultAsync(after, context);
    }

    public async ValueTask<DBInstanceResult> DeleteAsync(DeleteDBInstanceMessage request, OperationContext context)
    {
        var named = databases.Instance(context, request.DBInstanceIdentifier);
        using var held = await databases.LockAsync(named.ClusterKey);
        var instance = databases.Instance(context, request.DBInstanceIdentifier);
        var cluster = databases.Find(instance.ClusterKey)!;
        StateTable.Check("DeleteDBInstance", instance, cluster);
        if (cluster.OnlyInstance is not null)
            InstanceRules.MayGo(request, cluster);
        var after = instance with { Status = InstanceStatus.Deleting };
        await databases.PutAsync(after);
        if (cluster.OnlyInstance is not null)
            await standalone.DeleteAsync(cluster, after);
        else
            _ = running.Of(cluster).Delete(after);
        return await ResultAsync(after, context);
    }

    public async ValueTask<DBInstanceResult> RebootAsync(RebootDBInstanceMessage request, OperationContext context)
    {
        if (request.ForceFailover == true)
            throw RdsErrors.InvalidCombination("ForceFailover cannot be specified since the instance is not configured for MultiAZ.");
        var named = databases.Instance(context, request.DBInstanceIdentifier);
        using var held = await databases.LockAsync(named.ClusterKey);
        var instance = databases.Instance(context, request.DBInstanceIdentifier);
        var cluster = databases.Find(instance.ClusterKey)!;
        StateTable.Check("RebootDBInstance", instance, cluster);
        var after = instance with { Status = InstanceStatus.Rebooting };
        await databases.PutAsync(after);
        _ = running.Of(cluster).Reboot(after);
        return await ResultAsync(after, context);
    }

    public async ValueTask<DBInstanceResult> StopAsync(DBInstanceNameMessage request, OperationContext context) =>
        await ResultAsync(await standalone.StopAsync(request, context), context);

    public async ValueTask<DBInstanceResult> StartAsync(DBInstanceNameMessage request, OperationContext context) =>
        await ResultAsync(await standalone.StartAsync(request, context), context);

    public IReadOnlyDictionary<string, string> TagsOf(string name, OperationContext context) => databases.Instance(context, name).Tags;

    public async Task ChangeTagsAsync(
        string name,
        OperationContext context,
        Func<IReadOnlyDictionary<string, string>, IReadOnlyDictionary<string, string>> change
    ) => await databases.ChangeAsync(databases.Instance(context, name), now => now with { Tags = change(now.Tags) });

    private async Task<DBInstanceResult> ResultAsync(Instance instance, OperationContext context)
    {
        var cluster = databases.Find(instance.ClusterKey)!;
        var pending = instance.Status == InstanceStatus.Available && (await start.ArePendingAsync(cluster, instance)).Instance;
        return new DBInstanceResult
        {
            DBInstance = DBInstance.Of(instance, cluster, subnetGroups.Find(cluster.SubnetGroup, context), roles, pending),
        };
    }
}
