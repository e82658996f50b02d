using Daybreak.Cloud.Ec2.Networks;
using Daybreak.Cloud.Ec2.Regions;
using Daybreak.Cloud.Ec2.Requests;
using Daybreak.Cloud.Ec2.Tags;
using Daybreak.Cloud.FrontDoor;

namespace Daybreak.Cloud.Ec2.Subnets;

/// <summary>Subnets. Pure functions of a request and a network.</summary>
internal static class SubnetOperations
{
    private const int LeastPrefix = 16;
    private const int MostPrefix = 28;

    private static readonly Filters<Subnet> Filters = new(Resource.TagValue)
    {
        { "subnet-id", subnet => subnet.Id },
        { "vpc-id", subnet => subnet.VpcId },
        { "cidr", subnet => subnet.CidrBlock.ToString() },
        { "cidrBlock", subnet => subnet.CidrBlock.ToString() },
        { "cidr-block", subnet => subnet.CidrBlock.ToString() },
        { "availability-zone", subnet => subnet.AvailabilityZone },
        { "availabilityZone", subnet => subnet.AvailabilityZone },
        { "availability-zone-id", (subnet, network) => [Zone.IdOf(network.Region, subnet.AvailabilityZone)] },
        { "availabilityZoneId", (subnet, network) => [Zone.IdOf(network.Region, subnet.AvailabilityZone)] },
        { "available-ip-address-count", (subnet, network) => [$"{SubnetAddresses.FreeOf(subnet, network)}"] },
        { "default-for-az", subnet => subnet.DefaultForAz },
        { "defaultForAz", subnet => subnet.DefaultForAz },
        { "map-public-ip-on-launch", subnet => subnet.MapPublicIpOnLaunch },
        { "map-customer-owned-ip-on-launch", _ => false },
        { "ipv6-native", _ => false },
        { "enable-dns64", subnet => subnet.EnableDns64 },
        { "enable-lni-at-device-index", _ => [] },
        { "customer-owned-ipv4-pool", _ => [] },
        { "outpost-arn", _ => [] },
        { "private-dns-name-options-on-launch.hostname-type", subnet => subnet.HostnameType },
        { "private-dns-name-options-on-launch.enable-resource-name-dns-a-record", subnet => subnet.EnableResourceNameDnsARecord },
        { "private-dns-name-options-on-launch.enable-resource-name-dns-aaaa-record", subnet => subnet.EnableResourceNameDnsAaaaRecord },
        { "state", _ => "available" },
        { "subnet-arn", (subnet, network) => [Ec2Arn.Of(network, subnet)] },
        { "ipv6-cidr-block-association.ipv6-cidr-block", subnet => subnet.Ipv6?.Cidr.ToString() },
        { "ipv6-cidr-block-association.association-id", subnet => subnet.Ipv6?.AssociationId },
        { "ipv6-cidr-block-association.state", subnet => subnet.Ipv6 is null ? null : "associated" },
        { "owner-id", (_, network) => [network.AccountId] },
        { "tag-key", subnet => subnet.Tags.Keys },
    };

    public static IEnumerable<AwsOperation> Operations(NetworkState state) =>
        [
            new Ec2Operation<CreateDefaultSubnetRequest, SubnetResponse>(state, "CreateDefaultSubnet", CreateDefault),
            new Ec2Operation<CreateSubnetRequest, SubnetResponse>(state, "CreateSubnet", Create)
            {
                Makes = "subnet",
                Names = [("vpc", static (r, _) => [r.VpcId])],
            },
            new Ec2Operation<SubnetRequest, Done>(state, "DeleteSubnet", Delete) { Names = [("subnet", static (r, _) => [r.SubnetId])] },
            new Ec2Operation<DescribeSubnetsRequest, DescribeSubnetsResponse>(state, "DescribeSubnets", Describe),
            new Ec2Operation<ModifySubnetAttributeRequest, Done>(state, "ModifySubnetAttribute", ModifyAttribute)
            {
                Names = [("subnet", static (r, _) => [r.SubnetId])],
            },
        ];

    public static Change<SubnetResponse> Create(CreateSubnetRequest request, Network network)
    {
        var vpc = ResourceKind.VpcOfNew.Find(network.Vpcs, request.VpcId);
        if (string.IsNullOrEmpty(request.CidrBlock))
            throw Ec2Errors.Missing("cidrBlock");
        // AWS accepts an address inside the block in place of the block.
        if (!Cidr.TryParseLoosely(request.CidrBlock, out var cidr, out _) || cidr.IsIpv6)
            throw Ec2Errors.NotACidr("cidrBlock", request.CidrBlock);
        if (cidr.PrefixLength is < LeastPrefix or > MostPrefix || !vpc.Contains(cidr))
            throw Ec2Errors.SubnetRange(cidr);
        var others = network.Subnets.All.Where(subnet => subnet.VpcId == vpc.Id).ToList();
        if (others.Exists(subnet => subnet.CidrBlock.Overlaps(cidr)))
            throw Ec2Errors.SubnetConflict(cidr);
        var ipv6 = string.IsNullOrEmpty(request.Ipv6CidrBlock) ? null : SubnetIpv6.Block(request.Ipv6CidrBlock, vpc, network);
        var subnet = new Subnet
        {
            Id = ResourceKind.Subnet.NewId(),
            VpcId = vpc.Id,
            CidrBlock = cidr,
            Ipv6 = ipv6,
            AvailabilityZone = (ZoneOf(request.AvailabilityZone, request.AvailabilityZoneId, network) ?? Zone.Of(network.Region)[0]).Name,
            Tags = TagSpecification.For(request, "subnet"),
        };
        var after = DefaultNetwork.WithSubnet(network, subnet, Ec2Id.New("aclassoc"));
        return Change.To(after, new SubnetResponse { Subnet = SubnetDescription.Of(subnet, after) });
    }

    public static Change<SubnetResponse> CreateDefault(CreateDefaultSubnetRequest request, Network network)
    {
        var zone = ZoneOf(request.AvailabilityZone, request.AvailabilityZoneId, network) ?? throw Ec2Errors.Missing("availabilityZone");
        var vpc = network.DefaultVpc ?? throw Ec2Errors.DefaultVpcMissing();
        if (Default(zone, network) is { } there)
            throw Ec2Errors.DefaultSubnetExists(there.Id, zone.Name);
        var after = DefaultNetwork.WithDefaultSubnet(network, vpc, zone, static (prefix, _) => Ec2Id.New(prefix));
        return Change.To(after, new SubnetResponse { Subnet = SubnetDescription.Of(Default(zone, after)!, after) });
    }

    public static DescribeSubnetsResponse Describe(DescribeSubnetsRequest request, Network network)
    {
        var page = Page.Of(request, network, network.Subnets, ResourceKind.Subnet, request.SubnetIds, Filters);
        return new DescribeSubnetsResponse
        {
            SubnetSet = page.Select(subnet => SubnetDescription.Of(subnet, network)),
            NextToken = page.NextToken,
        };
    }

    public static Change<Done> Delete(SubnetRequest request, Network network)
    {
        var subnet = ResourceKind.Subnet.Find(network.Subnets, request.SubnetId);
        if (network.NetworkInterfaces.All.Any(one => one.SubnetId == subnet.Id))
            throw Ec2Errors.HasDependencies("subnet", subnet.Id);
        var acl = network.NetworkAclOf(subnet);
        // The subnet's associations are deleted with it.
        var tables = network
            .RouteTables.All.Where(table => table.Associations.Any(association => association.SubnetId == subnet.Id))
            .Select(table => table with { Associations = table.Associations.RemoveAll(association => association.SubnetId == subnet.Id) });
        return Change.To(
            network with
            {
                Subnets = network.Subnets.Without(subnet.Id),
                RouteTables = network.RouteTables.With(tables),
                NetworkAcls = network.NetworkAcls.With(
                    acl with
                    {
                        Associations = acl.Associations.RemoveAll(association => association.SubnetId == subnet.Id),
                    }
                ),
            }
        );
    }

    public static Change<Done> ModifyAttribute(ModifySubnetAttributeRequest request, Network network)
    {
        var subnet = ResourceKind.Subnet.Find(network.Subnets, request.SubnetId);
        object?[] asked =
        [
            request.MapPublicIpOnLaunch,
            request.AssignIpv6AddressOnCreation,
            request.EnableDns64,
            request.MapCustomerOwnedIpOnLaunch,
            request.EnableResourceNameDnsARecordOnLaunch,
            request.EnableResourceNameDnsAAAARecordOnLaunch,
            request.PrivateDnsHostnameTypeOnLaunch,
        ];
        if (asked.Count(value => value is not null) != 1)
            throw Ec2Errors.InvalidCombination("Exactly one attribute must be specified in a request");
        if (request.AssignIpv6AddressOnCreation?.Value == true && subnet.Ipv6 is null)
            throw Ec2Errors.InvalidValue("Invalid value 'true' for assignIpv6AddressOnCreation. Subnet does not have an IPv6 CIDR block");
        if (request.PrivateDnsHostnameTypeOnLaunch is not (null or Subnet.IpName or "resource-name"))
            throw Ec2Errors.InvalidValue("privateDnsHostnameTypeOnLaunch", request.PrivateDnsHostnameTypeOnLaunch);
        return Change.To(
            network with
            {
                Subnets = network.Subnets.With(
                    subnet with
                    {
                        MapPublicIpOnLaunch = request.MapPublicIpOnLaunch?.Value ?? subnet.MapPublicIpOnLaunch,
                        AssignIpv6AddressOnCreation = request.AssignIpv6AddressOnCreation?.Value ?? subnet.AssignIpv6AddressOnCreation,
                        EnableDns64 = request.EnableDns64?.Value ?? subnet.EnableDns64,
                        HostnameType = request.PrivateDnsHostnameTypeOnLaunch ?? subnet.HostnameType,
                        EnableResourceNameDnsARecord =
                            request.EnableResourceNameDnsARecordOnLaunch?.Value ?? subnet.EnableResourceNameDnsARecord,
                        EnableResourceNameDnsAaaaRecord =
                            request.EnableResourceNameDnsAAAARecordOnLaunch?.Value ?? subnet.EnableResourceNameDnsAaaaRecord,
                    }
                ),
            }
        );
    }

    private static Subnet? Default(Zone zone, Network network) =>
        network.Subnets.All.FirstOrDefault(subnet => subnet.DefaultForAz && subnet.AvailabilityZone == zone.Name);

    private static Zone? ZoneOf(string? name, string? id, Network network)
    {
        var zones = Zone.Of(network.Region);
        if (!string.IsNullOrEmpty(name) && !string.IsNullOrEmpty(id))
            throw Ec2Errors.InvalidCombination("Both availabilityZone and availabilityZoneId cannot be specified");
        if (!string.IsNullOrEmpty(name))
        {
            return zones.FirstOrDefault(zone => zone.Name == name)
                ?? throw Ec2Errors.InvalidValue(
                    "availabilityZone",
                    name,
                    "Subnets can currently only be created in the following availability zones: "
                        + $"{string.Join(", ", zones.Select(zone => zone.Name))}."
                );
        }
        if (!string.IsNullOrEmpty(id))
        {
            return zones.FirstOrDefault(zone => zone.Id == id)
                ?? throw Ec2Errors.InvalidValue(
                    "availabilityZoneId",
                    id,
                    "Subnets can currently only be created in the following availability zones: "
                        + $"{string.Join(", ", zones.Select(zone => zone.Id))}."
                );
        }
        return null;
    }
}
