using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Rds.Clusters;
using Daybreak.Cloud.Rds.Engines;
using Daybreak.Cloud.Rds.Running;
using Daybreak.Cloud.Rds.Settings;
using Daybreak.Cloud.Rds.States;
using Daybreak.Cloud.Rds.SubnetGroups;
using Daybreak.Cloud.Rds.Tags;

namespace Daybreak.Cloud.Rds.Snapshots;

/// <summary>Operations on snapshots of DB clusters. They answer at once; the data is copied afterwards.</summary>
internal sealed class SnapshotOperations(
    ClusterSnapshots snapshots,
    Databases databases,
    ClusterActors running,
    SubnetGroupOperations subnetGroups,
    TimeProvider time
) : ITagged
{
    /// <summary>The only type, because there are no automatic backups.</summary>
    public const string Manual = "manual";

    private const string Identifier = "DBClusterSnapshotIdentifier";

    public IEnumerable<AwsOperation> Operations() =>
        [
            new AwsOperation<CopyDBClusterSnapshotMessage, DBClusterSnapshotResult>("CopyDBClusterSnapshot", CopyAsync)
            {
                Resource = static (r, c) => RdsArn.OrAll(c, RdsArn.ClusterSnapshot, r.TargetDBClusterSnapshotIdentifier),
            },
            new AwsOperation<CreateDBClusterSnapshotMessage, DBClusterSnapshotResult>("CreateDBClusterSnapshot", CreateAsync)
            {
                Resource = static (r, c) => RdsArn.OrAll(c, RdsArn.ClusterSnapshot, r.DBClusterSnapshotIdentifier),
            },
            new AwsOperation<DBClusterSnapshotNameMessage, DBClusterSnapshotResult>("DeleteDBClusterSnapshot", DeleteAsync)
            {
                Resource = static (r, c) => RdsArn.OrAll(c, RdsArn.ClusterSnapshot, r.DBClusterSnapshotIdentifier),
            },
            new AwsOperation<DBClusterSnapshotNameMessage, DescribeDBClusterSnapshotAttributesResult>(
                "DescribeDBClusterSnapshotAttributes",
                DescribeAttributes
            )
            {
                Resource = static (r, c) => RdsArn.OrAll(c, RdsArn.ClusterSnapshot, r.DBClusterSnapshotIdentifier),
            },
            new AwsOperation<DescribeDBClusterSnapshotsMessage, DBClusterSnapshotMessage>("DescribeDBClusterSnapshots", Describe)
            {
                Resource = static (r, c) => RdsArn.OrAll(c, RdsArn.ClusterSnapshot, r.DBClusterSnapshotIdentifier),
            },
        ];

    public string Kind => RdsArn.ClusterSnapshot;

    public async ValueTask<DBClusterSnapshotResult> CreateAsync(CreateDBClusterSnapshotMessage request, OperationContext context)
    {
        var identifier = RdsName.New(request.DBClusterSnapshotIdentifier, Identifier);
        var named = databases.Cluster(context, request.DBClusterIdentifier);
        using var held = await databases.LockAsync(named.Key);
        var cluster = databases.Cluster(context, request.DBClusterIdentifier);
        StateTable.Check("CreateDBClusterSnapshot", cluster);
        var tags = Tag.Merge(cluster.CopyTagsToSnapshot ? cluster.Tags : new Dictionary<string, string>(), request.Tags);
        var snapshot = await snapshots.AddAsync(cluster, identifier, subnetGroups.Find(cluster.SubnetGroup, context).VpcId, tags);
        running.TakeSnapshot(cluster, snapshot);
        return Result(snapshot);
    }

    public async ValueTask<DBClusterSnapshotResult> CopyAsync(CopyDBClusterSnapshotMessage request, OperationContext context)
    {
        const string Source = "SourceDBClusterSnapshotIdentifier";
        var identifier = RdsName.New(request.TargetDBClusterSnapshotIdentifier, "TargetDBClusterSnapshotIdentifier");
        using var held = await snapshots.LockAsync(snapshots.Get(context, request.SourceDBClusterSnapshotIdentifier, Source).Key);
        var source = Available(snapshots.Get(context, request.SourceDBClusterSnapshotIdentifier, Source));
        var target = source with
        {
            Identifier = identifier,
            ResourceId = ResourceIds.New("snapshot"),
            CreateTime = time.GetUtcNow(),
            SourceArn = source.Arn,
            StorageEncrypted = source.StorageEncrypted || !string.IsNullOrEmpty(request.KmsKeyId), // a key encrypts a plain copy
            KmsKeyId = string.IsNullOrEmpty(request.KmsKeyId)
                ? source.KmsKeyId
                : EncryptionKey.Find(request.KmsKeyId, context.AccountId, context.Region),
            Tags = Tag.Merge(request.CopyTags == true ? source.Tags : new Dictionary<string, string>(), request.Tags),
            Status = SnapshotStatus.Copying,
        };
        await snapshots.CopyAsync(source, target);
        return Result(target);
    }

    /// <summary>Returns the snapshot as it was before the deletion.</summary>
    public async ValueTask<DBClusterSnapshotResult> DeleteAsync(DBClusterSnapshotNameMessage request, OperationContext context)
    {
        using var held = await snapshots.LockAsync(snapshots.Get(context, request.DBClusterSnapshotIdentifier, Identifier).Key);
        var snapshot = snapshots.Get(context, request.DBClusterSnapshotIdentifier, Identifier);
        if (snapshot.Status is SnapshotStatus.Creating or SnapshotStatus.Copying)
            throw NotAvailable(snapshot);
        if (databases.AllClusters.Any(cluster => cluster.RestoresSnapshot == snapshot.ResourceId) || snapshots.IsCopied(snapshot))
            throw RdsErrors.InvalidSnapshotState($"The cluster snapshot {snapshot.Identifier} is being restored or copied.");
        await snapshots.RemoveAsync(snapshot);
        return Result(snapshot);
    }

    public DBClusterSnapshotMessage Describe(DescribeDBClusterSnapshotsMessage request, OperationContext context)
    {
        IEnumerable<ClusterSnapshot> all = request.DBClusterSnapshotIdentifier is null
            ? snapshots.List(context)
            : [snapshots.Get(context, request.DBClusterSnapshotIdentifier, "Filter: db-cluster-snapshot-id")];
        if (request.DBClusterIdentifier is not null)
        {
            var cluster = RdsName.Existing(request.DBClusterIdentifier, "Filter: db-cluster-id", context, RdsArn.Cluster);
            all = all.Where(snapshot => snapshot.ClusterIdentifier == cluster);
        }
        if (!string.IsNullOrEmpty(request.DbClusterResourceId))
            all = all.Where(snapshot => snapshot.ClusterResourceId == request.DbClusterResourceId);
        if (request.SnapshotType is not (null or Manual))
            all = [];
        all = Filter.Apply(
            all,
            request.Filters,
            new Dictionary<string, Func<ClusterSnapshot, IEnumerable<string>>>
            {
                ["db-cluster-id"] = snapshot =>
                    [snapshot.ClusterIdentifier, RdsArn.Of(context, RdsArn.Cluster, snapshot.ClusterIdentifier)],
                ["db-cluster-snapshot-id"] = snapshot => [snapshot.Identifier],
                ["snapshot-type"] = _ => [Manual],
                ["engine"] = _ => [DatabaseEngine.AuroraPostgres.Name],
            }
        );
        var page = Page.Of(all, snapshot => snapshot.Identifier, request.MaxRecords, request.Marker);
        return new DBClusterSnapshotMessage { Marker = page.Marker, DBClusterSnapshots = [.. page.Items.Select(DBClusterSnapshot.Of)] };
    }

    /// <summary>Returns who else may restore it, which is nobody.</summary>
    public DescribeDBClusterSnapshotAttributesResult DescribeAttributes(DBClusterSnapshotNameMessage request, OperationContext context) =>
        new()
        {
            DBClusterSnapshotAttributesResult = new DBClusterSnapshotAttributesResult
            {
                DBClusterSnapshotIdentifier = snapshots.Get(context, request.DBClusterSnapshotIdentifier, Identifier).Identifier,
                DBClusterSnapshotAttributes = [new DBClusterSnapshotAttribute { AttributeName = "restore" }],
            },
        };

    public IReadOnlyDictionary<string, string> TagsOf(string name, OperationContext context) =>
        snapshots.Get(context, name, "ResourceName").Tags;

    public async Task ChangeTagsAsync(
        string name,
        OperationContext context,
        Func<IReadOnlyDictionary<string, string>, IReadOnlyDictionary<string, string>> change
    ) => await snapshots.ChangeAsync(snapshots.Get(context, name, "ResourceName"), now => now with { Tags = change(now.Tags) });

    private static ClusterSnapshot Available(ClusterSnapshot snapshot) =>
        snapshot.Status == SnapshotStatus.Available ? snapshot : throw NotAvailable(snapshot);

    private static Aws.AwsException NotAvailable(ClusterSnapshot snapshot) =>
        RdsErrors.InvalidSnapshotState(
            $"The cluster snapshot {snapshot.Identifier} is not in the available state. Current status: {StatusName.Of(snapshot.Status)}"
        );

    private static DBClusterSnapshotResult Result(ClusterSnapshot snapshot) => new() { DBClusterSnapshot = DBClusterSnapshot.Of(snapshot) };
}
