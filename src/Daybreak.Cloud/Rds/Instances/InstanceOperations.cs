using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Rds.Clusters;
using Daybreak.Cloud.Rds.Engines;
using Daybreak.Cloud.Rds.ParameterGroups;
using Daybreak.Cloud.Rds.Servers;
using Daybreak.Cloud.Rds.SubnetGroups;
using Daybreak.Cloud.Rds.Tags;

namespace Daybreak.Cloud.Rds.Instances;

/// <summary>DB instances of clusters. Answers come at once; what takes time goes on with the cluster's servers.</summary>
internal sealed class InstanceOperations(
    Databases databases,
    RunningClusters running,
    Maintenance maintenance,
    ServerStart start,
    ParameterGroupSet parameterGroups,
    SubnetGroupOperations subnetGroups,
    ISubnets network,
    TimeProvider time) : ITagged
{
    public string Kind => RdsArn.Instance;

    public async ValueTask<DBInstanceResult> CreateAsync(CreateDBInstanceMessage request, OperationContext context)
    {
        var identifier = RdsName.New(request.DBInstanceIdentifier, "DBInstanceIdentifier");
        if (string.IsNullOrEmpty(request.DBInstanceClass))
            throw RdsErrors.Missing("DBInstanceClass");
        if (string.IsNullOrEmpty(request.Engine))
            throw RdsErrors.Missing("Engine");
        if (string.IsNullOrEmpty(request.DBClusterIdentifier))
            throw NotImplemented.Of("DB instances without a DBClusterIdentifier");
        InstanceRules.BelongsToTheCluster(request);
        var named = databases.Cluster(context, request.DBClusterIdentifier);
        using var turn = await databases.TurnAsync(named.Key);
        var cluster = databases.Cluster(context, request.DBClusterIdentifier);
        InstanceRules.FitsTheCluster(request, cluster);
        var subnets = subnetGroups.Find(cluster.SubnetGroup, context);
        var zones = subnets.Subnets.Select(subnet => subnet.AvailabilityZone).Distinct().Order(StringComparer.Ordinal).ToList();
        if (request.AvailabilityZone is { } zone && !zones.Contains(zone))
            throw RdsErrors.InvalidCombination($"The requested Availability Zone {zone} is not one of the DB subnet group {subnets.Name}: {string.Join(", ", zones)}");
        var members = databases.Members(cluster);
        var instance = new Instance
        {
            AccountId = context.AccountId,
            Region = context.Region,
            Identifier = identifier,
            ResourceId = ResourceIds.New("db"),
            ClusterIdentifier = cluster.Identifier,
            InstanceClass = request.DBInstanceClass,
            AvailabilityZone = request.AvailabilityZone ?? zones[members.Count % zones.Count],
            ParameterGroup = await ParameterGroupAsync(request.DBParameterGroupName, cluster.Family, context),
            PreferredMaintenanceWindow = ClusterRules.MaintenanceWindow(request.PreferredMaintenanceWindow),
            PromotionTier = InstanceRules.Tier(request.PromotionTier),
            PubliclyAccessible = request.PubliclyAccessible ?? network.HasInternetGateway(context.AccountId, context.Region, subnets.VpcId),
            AutoMinorVersionUpgrade = request.AutoMinorVersionUpgrade ?? true,
            CopyTagsToSnapshot = request.CopyTagsToSnapshot ?? false,
            CACertificateIdentifier = InstanceRules.Certificate(request.CACertificateIdentifier) ?? InstanceRules.Certificates[0],
            Tags = Tag.Merge(new Dictionary<string, string>(), request.Tags),
            Status = InstanceStatus.Creating,
            CreateTime = time.GetUtcNow(),
            Address = LoopbackAddresses.Free(cluster.Port).ToString(),
        };
        if (!await databases.TryAddAsync(instance))
            throw RdsErrors.InstanceExists();
        if (cluster.Writer is null)
        {
            cluster = cluster with { Writer = identifier };
            await databases.PutAsync(cluster);
        }
        var servers = running.Of(cluster);
        _ = servers.Enqueue(() => servers.CreateInstanceAsync(instance));
        return await ResultAsync(instance, context);
    }

    public async ValueTask<DBInstanceMessage> DescribeAsync(DescribeDBInstancesMessage request, OperationContext context)
    {
        IEnumerable<Instance> all = string.IsNullOrEmpty(request.DBInstanceIdentifier) ? databases.Instances(context) : [databases.Instance(context, request.DBInstanceIdentifier)];
        all = Filter.Apply(all, request.Filters, new Dictionary<string, Func<Instance, IEnumerable<string>>>
        {
            ["db-cluster-id"] = instance => [instance.ClusterIdentifier, RdsArn.Of(context, RdsArn.Cluster, instance.ClusterIdentifier)],
            ["db-instance-id"] = instance => [instance.Identifier, instance.Arn],
            ["dbi-resource-id"] = instance => [instance.ResourceId],
            ["domain"] = _ => [],
            ["engine"] = _ => [DatabaseEngines.AuroraPostgres],
        });
        var page = Page.Of(all, instance => instance.Identifier, request.MaxRecords, request.Marker);
        var shown = new List<DBInstance>(page.Items.Count);
        foreach (var instance in page.Items.Where(instance => databases.Find(instance.ClusterKey) is not null))
            shown.Add((await ResultAsync(instance, context)).DBInstance);
        return new DBInstanceMessage { Marker = page.Marker, DBInstances = shown };
    }

    public async ValueTask<DBInstanceResult> ModifyAsync(ModifyDBInstanceMessage request, OperationContext context)
    {
        var named = databases.Instance(context, request.DBInstanceIdentifier);
        using var turn = await databases.TurnAsync(named.ClusterKey);
        var instance = Available(databases.Instance(context, request.DBInstanceIdentifier));
        var cluster = databases.Find(instance.ClusterKey)!;
        InstanceRules.Monitoring(request.MonitoringInterval);
        var after = instance with
        {
            Pending = PendingModifications.Of(
                instance, request.DBInstanceClass is { } asked ? InstanceRules.Class(asked, cluster) : null, InstanceRules.Certificate(request.CACertificateIdentifier)),
            ParameterGroup = request.DBParameterGroupName is { } group ? await ParameterGroupAsync(group, cluster.Family, context) : instance.ParameterGroup,
            PreferredMaintenanceWindow = request.PreferredMaintenanceWindow is { } week ? ClusterRules.MaintenanceWindow(week) : instance.PreferredMaintenanceWindow,
            AutoMinorVersionUpgrade = request.AutoMinorVersionUpgrade ?? instance.AutoMinorVersionUpgrade,
            CopyTagsToSnapshot = request.CopyTagsToSnapshot ?? instance.CopyTagsToSnapshot,
            PubliclyAccessible = request.PubliclyAccessible ?? instance.PubliclyAccessible,
            PromotionTier = request.PromotionTier is { } tier ? InstanceRules.Tier(tier) : instance.PromotionTier,
        };
        // As AWS: the other changes do not wait.
        after = await maintenance.PutAsync(after, request.ApplyImmediately == true);
        if (after.ParameterGroup != instance.ParameterGroup)
            _ = running.Of(cluster).Enqueue(running.Of(cluster).ReloadAllAsync);
        return await ResultAsync(after, context);
    }

    public async ValueTask<DBInstanceResult> DeleteAsync(DeleteDBInstanceMessage request, OperationContext context)
    {
        var named = databases.Instance(context, request.DBInstanceIdentifier);
        using var turn = await databases.TurnAsync(named.ClusterKey);
        var instance = databases.Instance(context, request.DBInstanceIdentifier);
        if (instance.Status == InstanceStatus.Deleting)
            throw RdsErrors.InvalidInstanceState($"Instance {instance.Identifier} is already being deleted.");
        var cluster = databases.Find(instance.ClusterKey)!;
        var after = instance with { Status = InstanceStatus.Deleting };
        await databases.PutAsync(after);
        var servers = running.Of(cluster);
        _ = servers.Enqueue(() => servers.DeleteInstanceAsync(after));
        return await ResultAsync(after, context);
    }

    public async ValueTask<DBInstanceResult> RebootAsync(RebootDBInstanceMessage request, OperationContext context)
    {
        if (request.ForceFailover == true)
            throw RdsErrors.InvalidCombination("ForceFailover cannot be specified since the instance is not configured for MultiAZ.");
        var named = databases.Instance(context, request.DBInstanceIdentifier);
        using var turn = await databases.TurnAsync(named.ClusterKey);
        var after = Available(databases.Instance(context, request.DBInstanceIdentifier)) with { Status = InstanceStatus.Rebooting };
        await databases.PutAsync(after);
        var servers = running.Of(databases.Find(after.ClusterKey)!);
        _ = servers.Enqueue(() => servers.RebootAsync(after));
        return await ResultAsync(after, context);
    }

    /// <summary>Start and stop: members of a cluster do so with their cluster only.</summary>
    public DBInstanceResult Refuse(DBInstanceNameMessage request, OperationContext context)
    {
        var instance = databases.Instance(context, request.DBInstanceIdentifier);
        throw RdsErrors.InvalidClusterState(
            $"Instance {instance.Identifier} is a member of the cluster {instance.ClusterIdentifier}. Start or stop the cluster instead.");
    }

    public IReadOnlyDictionary<string, string> TagsOf(string name, OperationContext context) => databases.Instance(context, name).Tags;

    public async Task ChangeTagsAsync(
        string name, OperationContext context, Func<IReadOnlyDictionary<string, string>, IReadOnlyDictionary<string, string>> change) =>
        await databases.ChangeAsync(databases.Instance(context, name), now => now with { Tags = change(now.Tags) });

    private static Instance Available(Instance instance) =>
        instance.Status == InstanceStatus.Available
            ? instance
            : throw RdsErrors.InvalidInstanceState($"Instance {instance.Identifier} is not in available state.");

    private async Task<string> ParameterGroupAsync(string? name, string family, OperationContext context)
    {
        if (string.IsNullOrEmpty(name))
            return ParameterGroup.DefaultName(family);
        var group = await parameterGroups.FindAsync(name.ToLowerInvariant(), context);
        return group.Family == family
            ? group.Name
            : throw RdsErrors.InvalidCombination($"The Parameter Group {group.Name} with DBParameterGroupFamily {group.Family} cannot be used for this instance. Please use a Parameter Group with DBParameterGroupFamily {family}");
    }

    private async Task<DBInstanceResult> ResultAsync(Instance instance, OperationContext context)
    {
        var cluster = databases.Find(instance.ClusterKey)!;
        var pending = instance.Status == InstanceStatus.Available && (await start.ArePendingAsync(cluster, instance)).Instance;
        return new DBInstanceResult { DBInstance = DBInstance.Of(instance, cluster, subnetGroups.Find(cluster.SubnetGroup, context), pending) };
    }
}
