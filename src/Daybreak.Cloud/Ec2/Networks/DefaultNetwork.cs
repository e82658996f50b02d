using System.Collections.Immutable;
using Daybreak.Cloud.Ec2.DhcpOptions;
using Daybreak.Cloud.Ec2.InternetGateways;
using Daybreak.Cloud.Ec2.NetworkAcls;
using Daybreak.Cloud.Ec2.Regions;
using Daybreak.Cloud.Ec2.RouteTables;
using Daybreak.Cloud.Ec2.SecurityGroups;
using Daybreak.Cloud.Ec2.Subnets;
using Daybreak.Cloud.Ec2.Vpcs;

namespace Daybreak.Cloud.Ec2.Networks;

/// <summary>Makes what AWS makes by itself: the default VPC of an account in a Region, and the default parts of every VPC.</summary>
/// <remarks>https://docs.aws.amazon.com/vpc/latest/userguide/default-vpc.html</remarks>
internal static class DefaultNetwork
{
    public static readonly Cidr Block = Cidr.Parse("172.31.0.0/16");

    private const int SubnetPrefix = 20;
    private const int AclRuleNumber = 100;

    /// <summary>The network of an account that has never changed it, with ids that follow from account and Region.</summary>
    public static Network Of(string accountId, string region)
    {
        string Id(string prefix, string of) => Ec2Id.Of(prefix, accountId, region, of);
        var options = new DhcpOptionsSet
        {
            Id = Id("dopt", ""),
            Options = ImmutableSortedDictionary<string, ImmutableArray<string>>
                .Empty.Add(DhcpOptionsSet.DomainNameServers, [DhcpOptionsSet.AmazonProvidedDns])
                .AddRange([KeyValuePair.Create("domain-name", ImmutableArray.Create(DomainOf(region)))]),
        };
        var network = new Network
        {
            AccountId = accountId,
            Region = region,
            DhcpOptions = Resources<DhcpOptionsSet>.Of([options]),
        };
        return WithDefaultVpc(network, Id);
    }

    /// <summary>Adds a default VPC with a subnet in every zone and an internet gateway.</summary>
    /// <param name="newId">Makes an id from a prefix and a text that differs between resources of one kind.</param>
    public static Network WithDefaultVpc(Network network, Func<string, string, string> newId)
    {
        var vpc = new Vpc
        {
            Id = newId("vpc", ""),
            CidrBlocks = [new VpcCidrBlock(newId("vpc-cidr-assoc", ""), Block)],
            DhcpOptionsId = OptionsOf(network),
            IsDefault = true,
            EnableDnsHostnames = true,
        };
        network = WithVpc(network, vpc, newId);
        var gateway = new InternetGateway { Id = newId("igw", ""), VpcId = vpc.Id };
        var main = network.MainRouteTable(vpc.Id);
        network = network with
        {
            InternetGateways = network.InternetGateways.With(gateway),
            RouteTables = network.RouteTables.With(
                main with
                {
                    Routes = main.Routes.Add(
                        new Route(new CidrDestination(Cidr.AllIpv4), new RouteTarget(RouteTargetKind.InternetGateway, gateway.Id))
                    ),
                }
            ),
        };
        foreach (var zone in Zone.Of(network.Region))
            network = WithDefaultSubnet(network, vpc, zone, newId);
        return network;
    }

    /// <summary>Adds the default subnet of a zone, in the first free /20.</summary>
    public static Network WithDefaultSubnet(Network network, Vpc vpc, Zone zone, Func<string, string, string> newId)
    {
        var taken = network.Subnets.All.Where(subnet => subnet.VpcId == vpc.Id).Select(subnet => subnet.CidrBlock).ToList();
        var size = 1 << (32 - SubnetPrefix);
        for (var offset = 0L; offset < vpc.CidrBlock.Size; offset += size)
        {
            var block = Cidr.Parse($"{vpc.CidrBlock.Address(offset)}/{SubnetPrefix}");
            if (taken.Exists(block.Overlaps))
                continue;
            var subnet = new Subnet
            {
                Id = newId("subnet", zone.Name),
                VpcId = vpc.Id,
                CidrBlock = block,
                AvailabilityZone = zone.Name,
                DefaultForAz = true,
                MapPublicIpOnLaunch = true,
            };
            return WithSubnet(network, subnet, newId("aclassoc", zone.Name));
        }
        throw Ec2Errors.SubnetConflict(vpc.CidrBlock);
    }

    /// <summary>Adds a VPC with its main route table, default network ACL and default security group.</summary>
    public static Network WithVpc(Network network, Vpc vpc, Func<string, string, string> newId)
    {
        var table = new RouteTable
        {
            Id = newId("rtb", vpc.Id),
            VpcId = vpc.Id,
            Routes = [LocalRoute(vpc.CidrBlock)],
            Associations = [new RouteTableAssociation(newId("rtbassoc", vpc.Id), null)],
        };
        var acl = new NetworkAcl
        {
            Id = newId("acl", vpc.Id),
            VpcId = vpc.Id,
            IsDefault = true,
            Entries = [.. Open(isEgress: true), .. Open(isEgress: false)],
        };
        var groupId = newId("sg", vpc.Id);
        var group = new SecurityGroup
        {
            Id = groupId,
            VpcId = vpc.Id,
            GroupName = SecurityGroup.Default,
            Description = "default VPC security group",
            Rules =
            [
                new SecurityGroupRule
                {
                    Id = newId("sgr", vpc.Id + "/in"),
                    IsEgress = false,
                    Protocol = IpProtocol.All,
                    Peer = new GroupPeer(groupId),
                },
                AllEgress(newId("sgr", vpc.Id + "/out")),
            ],
        };
        return network with
        {
            Vpcs = network.Vpcs.With(vpc),
            RouteTables = network.RouteTables.With(table),
            NetworkAcls = network.NetworkAcls.With(acl),
            SecurityGroups = network.SecurityGroups.With(group),
        };
    }

    /// <summary>Adds a subnet with the default network ACL of its VPC.</summary>
    public static Network WithSubnet(Network network, Subnet subnet, string aclAssociationId)
    {
        var acl = network.DefaultNetworkAcl(subnet.VpcId);
        return network with
        {
            Subnets = network.Subnets.With(subnet),
            NetworkAcls = network.NetworkAcls.With(
                acl with
                {
                    Associations = acl.Associations.Add(new NetworkAclAssociation(aclAssociationId, subnet.Id)),
                }
            ),
        };
    }

    public static Route LocalRoute(Cidr cidr) => new(new CidrDestination(cidr), RouteTarget.Local) { IsFromTable = true };

    /// <param name="to">Destination; 0.0.0.0/0 by default.</param>
    public static SecurityGroupRule AllEgress(string id, Cidr? to = null) =>
        new()
        {
            Id = id,
            IsEgress = true,
            Protocol = IpProtocol.All,
            Peer = new CidrPeer(to ?? Cidr.AllIpv4),
        };

    /// <summary>The DHCP options that AWS gives to a new VPC: the account's first set, or none when that was deleted.</summary>
    public static string OptionsOf(Network network)
    {
        var id = Ec2Id.Of("dopt", network.AccountId, network.Region, "");
        return network.DhcpOptions.Find(id) is null ? "default" : id;
    }

    /// <summary>The first entries of a default network ACL.</summary>
    public static IEnumerable<NetworkAclEntry> Open(bool isEgress) =>
        [NetworkAclEntry.DenyAll(isEgress) with { RuleNumber = AclRuleNumber, Allows = true }, NetworkAclEntry.DenyAll(isEgress)];

    private static string DomainOf(string region) => region == "us-east-1" ? "ec2.internal" : $"{region}.compute.internal";
}
