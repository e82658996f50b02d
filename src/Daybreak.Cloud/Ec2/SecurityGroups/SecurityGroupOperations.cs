using Daybreak.Cloud.Ec2.Networks;
using Daybreak.Cloud.Ec2.Requests;
using Daybreak.Cloud.Ec2.Tags;
using Daybreak.Cloud.FrontDoor;

namespace Daybreak.Cloud.Ec2.SecurityGroups;

/// <summary>Security groups. Pure functions of a request and a network.</summary>
internal static class SecurityGroupOperations
{
    private const int MostText = 255;

    private static readonly Filters<SecurityGroup> Filters = SecurityGroupFilters.All;

    private static readonly Filters<SecurityGroup> FiltersForVpc = new()
    {
        { "group-id", group => group.Id },
        { "description", group => group.Description },
        { "group-name", group => group.GroupName },
        { "primary-vpc-id", group => group.VpcId },
        { "owner-id", (_, network) => [network.AccountId] },
    };

    public static IEnumerable<AwsOperation> Operations(NetworkState state) =>
        [
            new Ec2Operation<CreateSecurityGroupRequest, CreateSecurityGroupResponse>(state, "CreateSecurityGroup", Create)
            {
                Makes = "security-group",
                Names = [("vpc", static (r, n) => [r.VpcId ?? n.DefaultVpc?.Id])],
            },
            new Ec2Operation<DeleteSecurityGroupRequest, DeleteSecurityGroupResponse>(state, "DeleteSecurityGroup", Delete)
            {
                Names = [("security-group", Named)],
            },
            new Ec2Operation<DescribeSecurityGroupsRequest, DescribeSecurityGroupsResponse>(state, "DescribeSecurityGroups", Describe),
            new Ec2Operation<GetSecurityGroupsForVpcRequest, GetSecurityGroupsForVpcResponse>(
                state,
                "GetSecurityGroupsForVpc",
                DescribeForVpc
            )
            {
                Names = [("vpc", static (r, _) => [r.VpcId])],
            },
        ];

    public static Change<CreateSecurityGroupResponse> Create(CreateSecurityGroupRequest request, Network network)
    {
        var name = Name(request.GroupName);
        var description = Description(request.GroupDescription);
        var vpc = request.VpcId is { } id
            ? ResourceKind.VpcOfNew.Item(network.Vpcs, id)
            : network.DefaultVpc ?? throw Ec2Errors.NoDefaultVpc();
        if (network.SecurityGroups.All.Any(other => other.VpcId == vpc.Id && other.GroupName == name))
            throw Ec2Errors.GroupExists(name, vpc.Id);
        var group = new SecurityGroup
        {
            Id = ResourceKind.SecurityGroup.NewId(),
            VpcId = vpc.Id,
            GroupName = name,
            Description = description,
            Rules =
            [
                DefaultNetwork.AllEgress(ResourceKind.SecurityGroupRule.NewId()),
                .. vpc.Ipv6CidrBlocks.Take(1).Select(_ => DefaultNetwork.AllEgress(ResourceKind.SecurityGroupRule.NewId(), Cidr.AllIpv6)),
            ],
            Tags = TagSpecification.For(request, "security-group"),
        };
        return Change.To(
            network with
            {
                SecurityGroups = network.SecurityGroups.With(group),
            },
            new CreateSecurityGroupResponse
            {
                GroupId = group.Id,
                TagSet = Tag.List(group),
                SecurityGroupArn = Ec2Arn.Of(network, group),
            }
        );
    }

    public static DescribeSecurityGroupsResponse Describe(DescribeSecurityGroupsRequest request, Network network)
    {
        List<string> ids = [.. request.GroupIds ?? [], .. (request.GroupNames ?? []).Select(name => Named(name, network).Id)];
        var page = Page.Of(request, network, network.SecurityGroups, ResourceKind.SecurityGroup, ids, Filters);
        return new DescribeSecurityGroupsResponse
        {
            SecurityGroupInfo = page.Select(group => SecurityGroupDescription.Of(group, network)),
            NextToken = page.NextToken,
        };
    }

    public static GetSecurityGroupsForVpcResponse DescribeForVpc(GetSecurityGroupsForVpcRequest request, Network network)
    {
        var vpc = ResourceKind.Vpc.Find(network.Vpcs, request.VpcId);
        var page = Page.Of(request, network, network.SecurityGroups.All.Where(group => group.VpcId == vpc.Id), FiltersForVpc);
        return new GetSecurityGroupsForVpcResponse
        {
            SecurityGroupForVpcSet = page.Select(group => new SecurityGroupForVpc
            {
                Description = group.Description,
                GroupName = group.GroupName,
                OwnerId = network.AccountId,
                GroupId = group.Id,
                TagSet = Tag.List(group),
                PrimaryVpcId = group.VpcId,
            }),
            NextToken = page.NextToken,
        };
    }

    public static Change<DeleteSecurityGroupResponse> Delete(DeleteSecurityGroupRequest request, Network network)
    {
        var group = Find(request, network);
        if (group.IsDefault)
            throw Ec2Errors.CannotDeleteGroup(group.Id, group.GroupName);
        // A rule in a peer VPC does not prevent the deletion; the rule becomes stale.
        var isReferenced = network.SecurityGroups.All.Any(other =>
            other.Id != group.Id && other.Rules.Any(rule => rule.Peer is GroupPeer { Peering: null } peer && peer.GroupId == group.Id)
        );
        if (isReferenced || network.NetworkInterfaces.All.Any(one => one.GroupIds.Contains(group.Id)))
            throw Ec2Errors.Dependency($"resource {group.Id} has a dependent object");
        return Change.To(
            network with
            {
                SecurityGroups = network.SecurityGroups.Without(group.Id),
            },
            new DeleteSecurityGroupResponse { GroupId = group.Id }
        );
    }

    /// <summary>The id of the group that a request names by id or by name; none when the group does not exist.</summary>
    public static IEnumerable<string?> Named(OfGroupRequest request, Network network) =>
        !string.IsNullOrEmpty(request.GroupId)
            ? [request.GroupId]
            :
            [
                network.DefaultVpc is { } vpc
                    ? network.SecurityGroups.All.FirstOrDefault(group => group.VpcId == vpc.Id && group.GroupName == request.GroupName)?.Id
                    : null,
            ];

    /// <summary>The group that a request names, by id or by its name in the default VPC.</summary>
    public static SecurityGroup Find(OfGroupRequest request, Network network) =>
        !string.IsNullOrEmpty(request.GroupId) ? ResourceKind.SecurityGroup.Find(network.SecurityGroups, request.GroupId)
        : !string.IsNullOrEmpty(request.GroupName) ? Named(request.GroupName, network)
        : throw Ec2Errors.Missing("groupName or groupId");

    /// <summary>The group of a name, which is always looked up in the default VPC.</summary>
    /// <exception cref="Aws.AwsException">VPCIdNotSpecified or InvalidGroup.NotFound</exception>
    public static SecurityGroup Named(string name, Network network)
    {
        var vpc = network.DefaultVpc ?? throw Ec2Errors.NoDefaultVpc();
        return network.SecurityGroups.All.FirstOrDefault(group => group.VpcId == vpc.Id && group.GroupName == name)
            ?? throw Ec2Errors.GroupNameNotFound(name, vpc.Id);
    }

    private static string Name(string? name)
    {
        if (string.IsNullOrEmpty(name))
            throw Ec2Errors.Missing("groupName");
        if (!System.Text.Ascii.IsValid(name))
            throw Ec2Errors.InvalidValue("GroupName", name, "Character sets beyond ASCII are not supported.");
        if (name.Length > MostText || !PermissionReader.Allowed().IsMatch(name))
        {
            throw Ec2Errors.InvalidValue(
                "Invalid security group name. Valid names are strings less than 256 characters from the following set:  a-zA-Z0-9. "
                    + "_-:/()#,@[]+=&;{}!$*"
            );
        }
        if (name.StartsWith("sg-", StringComparison.OrdinalIgnoreCase))
            throw Ec2Errors.InvalidValue("GroupName", name, "Group names may not be in the format sg-*.");
        return name.Equals(SecurityGroup.Default, StringComparison.OrdinalIgnoreCase)
            ? throw Ec2Errors.InvalidValue($"Cannot use reserved security group name: {SecurityGroup.Default}")
            : name;
    }

    private static string Description(string? text)
    {
        if (string.IsNullOrEmpty(text))
            throw Ec2Errors.Missing("GroupDescription");
        if (!System.Text.Ascii.IsValid(text))
            throw Ec2Errors.InvalidValue("GroupDescription", text, "Character sets beyond ASCII are not supported.");
        return text.Length <= MostText && PermissionReader.Allowed().IsMatch(text)
            ? text
            : throw Ec2Errors.InvalidValue(
                "Invalid security group description. Valid descriptions are strings less than 256 characters from the following "
                    + "set:  a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*"
            );
    }
}
