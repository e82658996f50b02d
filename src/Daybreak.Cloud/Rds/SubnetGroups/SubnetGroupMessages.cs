using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.FrontDoor.Shapes;
using Daybreak.Cloud.Rds.Tags;

namespace Daybreak.Cloud.Rds.SubnetGroups;

internal sealed record CreateDBSubnetGroupMessage
{
    public string? DBSubnetGroupName { get; init; }

    public string? DBSubnetGroupDescription { get; init; }

    [ItemName("SubnetIdentifier")]
    public IReadOnlyList<string>? SubnetIds { get; init; }

    [ItemName("Tag")]
    public IReadOnlyList<Tag>? Tags { get; init; }
}

internal sealed record ModifyDBSubnetGroupMessage
{
    public string? DBSubnetGroupName { get; init; }

    public string? DBSubnetGroupDescription { get; init; }

    [ItemName("SubnetIdentifier")]
    public IReadOnlyList<string>? SubnetIds { get; init; }
}

internal sealed record DeleteDBSubnetGroupMessage
{
    public string? DBSubnetGroupName { get; init; }
}

internal sealed record DescribeDBSubnetGroupsMessage
{
    public string? DBSubnetGroupName { get; init; }

    /// <summary>AWS accepts no filter here.</summary>
    [ItemName("Filter")]
    public IReadOnlyList<Filter>? Filters { get; init; }

    public int? MaxRecords { get; init; }

    public string? Marker { get; init; }
}

internal sealed record DBSubnetGroupResult
{
    public required DBSubnetGroup DBSubnetGroup { get; init; }
}

internal sealed record DBSubnetGroupMessage
{
    public string? Marker { get; init; }

    [ItemName("DBSubnetGroup")]
    public IReadOnlyList<DBSubnetGroup> DBSubnetGroups { get; init; } = [];
}

internal sealed record DBSubnetGroup
{
    public required string DBSubnetGroupName { get; init; }

    public required string DBSubnetGroupDescription { get; init; }

    public required string VpcId { get; init; }

    public string SubnetGroupStatus { get; init; } = "Complete";

    [ItemName("Subnet")]
    public required IReadOnlyList<DBSubnet> Subnets { get; init; }

    public required string DBSubnetGroupArn { get; init; }

    public IReadOnlyList<string> SupportedNetworkTypes { get; init; } = ["IPV4"];

    public static DBSubnetGroup Of(SubnetGroup group, string accountId, string region) =>
        new()
        {
            DBSubnetGroupName = group.Name,
            DBSubnetGroupDescription = group.Description,
            VpcId = group.VpcId,
            DBSubnetGroupArn = RdsArn.Of(accountId, region, RdsArn.SubnetGroup, group.Name),
            Subnets =
            [
                .. group.Subnets.Select(subnet => new DBSubnet
                {
                    SubnetIdentifier = subnet.SubnetId,
                    SubnetAvailabilityZone = new AvailabilityZone { Name = subnet.AvailabilityZone },
                }),
            ],
        };
}

internal sealed record DBSubnet
{
    public required string SubnetIdentifier { get; init; }

    public required AvailabilityZone SubnetAvailabilityZone { get; init; }

    public NoMembers SubnetOutpost { get; init; } = NoMembers.Instance;

    public string SubnetStatus { get; init; } = "Active";
}

internal sealed record AvailabilityZone
{
    public required string Name { get; init; }
}
