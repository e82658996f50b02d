using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Rds.Tags;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Rds.SubnetGroups;

/// <summary>DB subnet groups. The group <c>default</c> always exists where there is a default VPC.</summary>
/// <param name="userOf">The identifier of a cluster or instance that uses a group; null when none does.</param>
internal sealed class SubnetGroupOperations(
    ResourceTable<SubnetGroup> table,
    ISubnets subnets,
    Func<OperationContext, string, string?> userOf
) : ITagged
{
    private const int MaxSubnets = 20;

    private readonly KeyedLock<ResourceKey> _locks = new();

    public IEnumerable<AwsOperation> Operations() =>
        [
            new AwsOperation<CreateDBSubnetGroupMessage, DBSubnetGroupResult>("CreateDBSubnetGroup", CreateAsync)
            {
                Resource = static (r, c) => RdsArn.OrAll(c, RdsArn.SubnetGroup, r.DBSubnetGroupName),
            },
            new AwsOperation<DeleteDBSubnetGroupMessage, NoMembers>("DeleteDBSubnetGroup", DeleteAsync)
            {
                Resource = static (r, c) => RdsArn.OrAll(c, RdsArn.SubnetGroup, r.DBSubnetGroupName),
            },
            new AwsOperation<DescribeDBSubnetGroupsMessage, DBSubnetGroupMessage>("DescribeDBSubnetGroups", Describe)
            {
                Resource = static (r, c) => RdsArn.OrAll(c, RdsArn.SubnetGroup, r.DBSubnetGroupName),
            },
            new AwsOperation<ModifyDBSubnetGroupMessage, DBSubnetGroupResult>("ModifyDBSubnetGroup", ModifyAsync)
            {
                Resource = static (r, c) => RdsArn.OrAll(c, RdsArn.SubnetGroup, r.DBSubnetGroupName),
            },
        ];

    public string Kind => RdsArn.SubnetGroup;

    public async ValueTask<DBSubnetGroupResult> CreateAsync(CreateDBSubnetGroupMessage request, OperationContext context)
    {
        var name = RdsName.NewSubnetGroup(request.DBSubnetGroupName);
        if (string.IsNullOrEmpty(request.DBSubnetGroupDescription))
            throw RdsErrors.Blank("DBSubnetGroupDescription");
        var chosen = Choose(request.SubnetIds, context);
        var group = new SubnetGroup
        {
            Name = name,
            Description = request.DBSubnetGroupDescription,
            VpcId = chosen[0].VpcId,
            Subnets = chosen,
            Tags = Tag.Merge(new Dictionary<string, string>(), request.Tags),
        };
        return await table.TryAddAsync(Key(name, context), group) ? Result(group, context) : throw RdsErrors.SubnetGroupExists(name);
    }

    public async ValueTask<DBSubnetGroupResult> ModifyAsync(ModifyDBSubnetGroupMessage request, OperationContext context)
    {
        var name = RdsName.ExistingGroup(request.DBSubnetGroupName, "DBSubnetGroupName", context);
        using var held = await _locks.EnterAsync(Key(name, context));
        var before = Find(name, context);
        var chosen = Choose(request.SubnetIds, context);
        if (chosen[0].VpcId != before.VpcId)
            throw RdsErrors.InvalidSubnet(chosen.Select(subnet => subnet.SubnetId));
        var after = before with { Subnets = chosen, Description = request.DBSubnetGroupDescription ?? before.Description };
        await table.PutAsync(Key(name, context), after);
        return Result(after, context);
    }

    public async ValueTask<NoMembers> DeleteAsync(DeleteDBSubnetGroupMessage request, OperationContext context)
    {
        var name = RdsName.ExistingGroup(request.DBSubnetGroupName, "DBSubnetGroupName", context);
        using var held = await _locks.EnterAsync(Key(name, context));
        _ = Find(name, context);
        if (userOf(context, name) is { } user)
            throw RdsErrors.SubnetGroupInUse(name, user);
        await table.RemoveAsync(Key(name, context));
        return NoMembers.Instance;
    }

    public DBSubnetGroupMessage Describe(DescribeDBSubnetGroupsMessage request, OperationContext context)
    {
        Filter.None(request.Filters);
        if (request.DBSubnetGroupName is not null)
        {
            var named = Find(RdsName.ExistingGroup(request.DBSubnetGroupName, "DBSubnetGroupName", context), context);
            return new DBSubnetGroupMessage { DBSubnetGroups = [Result(named, context).DBSubnetGroup] };
        }
        var all = table.List(context.AccountId, context.Region).Concat(Default(context) is { } standard ? [standard] : []);
        var page = Page.Of(all, group => group.Name, request.MaxRecords, request.Marker);
        return new DBSubnetGroupMessage
        {
            Marker = page.Marker,
            DBSubnetGroups = [.. page.Items.Select(group => Result(group, context).DBSubnetGroup)],
        };
    }

    /// <summary>Returns a group with its remaining subnets, for a new cluster or instance.</summary>
    /// <exception cref="Aws.AwsException">DBSubnetGroupNotFoundFault; InvalidVPCNetworkStateFault: too few of its subnets are
    /// left.</exception>
    public SubnetGroup Usable(string name, OperationContext context)
    {
        var group = Find(name, context);
        var left = Left(group, context.AccountId, context.Region);
        return left.DistinctBy(subnet => subnet.AvailabilityZone).Count() >= 2
            ? group with
            {
                Subnets = left,
            }
            : throw RdsErrors.InvalidNetworkState(
                $"The DB subnet group '{group.Name}' doesn't cover enough Availability Zones: subnets of it were deleted. Add "
                    + "subnets to cover at least 2 AZs."
            );
    }

    /// <summary>Returns the remaining subnets of a group: EC2 deletes a subnet that only a group uses.</summary>
    public IReadOnlyList<Subnet> Left(SubnetGroup group, string accountId, string region) =>
        [.. group.Subnets.Where(subnet => subnets.Find(accountId, region, subnet.SubnetId) is not null)];

    /// <exception cref="Aws.AwsException">DBSubnetGroupNotFoundFault</exception>
    public SubnetGroup Find(string name, OperationContext context) => Find(name, context.AccountId, context.Region);

    /// <exception cref="Aws.AwsException">DBSubnetGroupNotFoundFault</exception>
    public SubnetGroup Find(string name, string accountId, string region) =>
        table.Find(new ResourceKey(accountId, region, name))
        ?? (name == SubnetGroup.Default ? Default(accountId, region) : null)
        ?? throw RdsErrors.SubnetGroupNotFound(name);

    public IReadOnlyDictionary<string, string> TagsOf(string name, OperationContext context) => Find(name, context).Tags;

    public async Task ChangeTagsAsync(
        string name,
        OperationContext context,
        Func<IReadOnlyDictionary<string, string>, IReadOnlyDictionary<string, string>> change
    )
    {
        using var held = await _locks.EnterAsync(Key(name, context));
        var before = table.Find(Key(name, context)) ?? throw RdsErrors.SubnetGroupNotFound(name);
        await table.PutAsync(Key(name, context), before with { Tags = change(before.Tags) });
    }

    private static ResourceKey Key(string name, OperationContext context) => new(context.AccountId, context.Region, name);

    private static DBSubnetGroupResult Result(SubnetGroup group, OperationContext context) =>
        new() { DBSubnetGroup = DBSubnetGroup.Of(group, context.AccountId, context.Region) };

    private SubnetGroup? Default(OperationContext context) => Default(context.AccountId, context.Region);

    private SubnetGroup? Default(string accountId, string region) =>
        subnets.OfDefaultVpc(accountId, region) is { Length: > 0 } found
            ? new SubnetGroup
            {
                Name = SubnetGroup.Default,
                Description = SubnetGroup.Default,
                VpcId = found[0].VpcId,
                Subnets = found,
            }
            : null;

    private List<Subnet> Choose(IReadOnlyList<string>? ids, OperationContext context)
    {
        if (ids is not { Count: > 0 })
            throw RdsErrors.Missing("SubnetIds");
        if (ids.Count > MaxSubnets)
            throw AwsQuota(ids.Count);
        var found = ids.Distinct().Select(id => (Id: id, Subnet: subnets.Find(context.AccountId, context.Region, id))).ToList();
        if (found.Any(item => item.Subnet is null))
            throw RdsErrors.InvalidSubnet(found.Where(item => item.Subnet is null).Select(item => item.Id));
        var chosen = found.Select(item => item.Subnet!).ToList();
        if (chosen.DistinctBy(subnet => subnet.VpcId).Count() > 1)
            throw RdsErrors.SubnetsOfSeveralVpcs();
        var zones = chosen.Select(subnet => subnet.AvailabilityZone).Distinct().Order(StringComparer.Ordinal).ToList();
        return zones.Count >= 2 ? chosen : throw RdsErrors.TooFewZones(zones);
    }

    private static Aws.AwsException AwsQuota(int count) =>
        Aws.AwsException.Sender(
            "DBSubnetQuotaExceededFault",
            $"A DB subnet group cannot have more than {MaxSubnets} subnets; the request has {count}."
        );
}
