using System.Net;
using Daybreak.Aws;
using Daybreak.Cloud.Ec2.InternetGateways;
using Daybreak.Cloud.Ec2.NetworkAcls;
using Daybreak.Cloud.Ec2.NetworkInterfaces;
using Daybreak.Cloud.Ec2.Networks;
using Daybreak.Cloud.Ec2.Reachability;
using Daybreak.Cloud.Ec2.RouteTables;
using Daybreak.Cloud.Ec2.SecurityGroups;
using Daybreak.Cloud.Ec2.Subnets;
using Daybreak.Cloud.Ec2.Vpcs;

namespace Daybreak.Bench.Reachability;

/// <summary>A database whose network is as large as AWS's quotas permit, and larger.</summary>
internal sealed class Workload
{
    private const int Groups = 50;
    private const int RulesOfAGroup = 60;
    private const int Routes = 50;
    private const string Account = "444455556666";
    private const string Region = "us-east-1";

    private static readonly ApiHost Lambda = ApiHost.Of("lambda", AwsRegion.Parse(Region));

    private readonly Network _network;
    private readonly NetworkInterface _source;
    private readonly PathCache _cache;
    private readonly bool _open;

    private Workload(Network network, bool open)
    {
        (this._network, this._open) = (network, open);
        _source = network.NetworkInterfaces.Find("eni-db")!;
        _cache = new PathCache((_, _) => network);
        if (Decide() != true)
            throw new InvalidOperationException("The path is not what the workload means it to be.");
    }

    public static Workload Large(bool lastRuleAdmits)
    {
        var groups = Enumerable.Range(0, Groups).Select(number => Group(number, lastRuleAdmits)).ToList();
        var acl = Enumerable
            .Range(1, 19)
            .SelectMany(number => new[] { Entry(number, false), Entry(number, true) })
            .Append(NetworkAclEntry.DenyAll(false) with { RuleNumber = 100, Allows = true })
            .Append(NetworkAclEntry.DenyAll(true) with { RuleNumber = 100, Allows = true })
            .Append(NetworkAclEntry.DenyAll(false))
            .Append(NetworkAclEntry.DenyAll(true));
        return new Workload(
            new Network
            {
                AccountId = Account,
                Region = Region,
                Version = 1,
                Vpcs = Resources<Vpc>.Of([
                    new Vpc
                    {
                        Id = "vpc-1",
                        CidrBlocks = [new VpcCidrBlock("vpc-cidr-assoc-1", Cidr.Parse("10.0.0.0/16"))],
                        DhcpOptionsId = "dopt-1",
                        EnableDnsHostnames = true,
                    },
                ]),
                Subnets = Resources<Subnet>.Of([
                    new Subnet
                    {
                        Id = "subnet-1",
                        VpcId = "vpc-1",
                        CidrBlock = Cidr.Parse("10.0.1.0/24"),
                        AvailabilityZone = "us-east-1a",
                    },
                ]),
                InternetGateways = Resources<InternetGateway>.Of([new InternetGateway { Id = "igw-1", VpcId = "vpc-1" }]),
                RouteTables = Resources<RouteTable>.Of([
                    new RouteTable
                    {
                        Id = "rtb-1",
                        VpcId = "vpc-1",
                        Routes =
                        [
                            .. Enumerable
                                .Range(0, Routes - 1)
                                .Select(number => new Route(
                                    new CidrDestination(Cidr.Parse($"172.{number}.0.0/16")),
                                    new RouteTarget(RouteTargetKind.NatGateway, "nat-1")
                                )),
                            new Route(new CidrDestination(Cidr.AllIpv4), new RouteTarget(RouteTargetKind.InternetGateway, "igw-1")),
                        ],
                        Associations = [new RouteTableAssociation("rtbassoc-1", null)],
                    },
                ]),
                NetworkAcls = Resources<NetworkAcl>.Of([
                    new NetworkAcl
                    {
                        Id = "acl-1",
                        VpcId = "vpc-1",
                        IsDefault = true,
                        Entries = [.. acl.OrderBy(entry => entry.IsEgress).ThenBy(entry => entry.RuleNumber)],
                        Associations = [new NetworkAclAssociation("aclassoc-1", "subnet-1")],
                    },
                ]),
                SecurityGroups = Resources<SecurityGroup>.Of(groups),
                NetworkInterfaces = Resources<NetworkInterface>.Of([
                    new NetworkInterface
                    {
                        Id = "eni-db",
                        SubnetId = "subnet-1",
                        VpcId = "vpc-1",
                        PrivateIp = IPAddress.Parse("10.0.1.10"),
                        PublicIp = IPAddress.Parse("203.0.113.5"),
                        GroupIds = [.. groups.Select(group => group.Id)],
                        Use = InterfaceUse.Database,
                        MacAddress = "0a:00:00:00:00:01",
                    },
                ]),
            },
            lastRuleAdmits
        );
    }

    public bool Decide() => PathFinder.Find(_network, _source, Lambda).IsOpen == _open;

    public bool Recall() => _cache.Find(Account, Region, "eni-db", Lambda)!.IsOpen == _open;

    private static SecurityGroup Group(int group, bool lastAdmits) =>
        new()
        {
            Id = $"sg-{group}",
            VpcId = "vpc-1",
            GroupName = $"sg-{group}",
            Description = "",
            Rules =
            [
                .. Enumerable
                    .Range(0, RulesOfAGroup)
                    .Select(rule => new SecurityGroupRule
                    {
                        Id = $"sgr-{group}-{rule}",
                        IsEgress = true,
                        Protocol = IpProtocol.Tcp,
                        FromPort = 443,
                        ToPort = 443,
                        Peer = new CidrPeer(
                            lastAdmits && group == Groups - 1 && rule == RulesOfAGroup - 1
                                ? Cidr.AllIpv4
                                : Cidr.Parse($"10.{group}.{rule}.0/24")
                        ),
                    }),
            ],
        };

    private static NetworkAclEntry Entry(int number, bool isEgress) =>
        NetworkAclEntry.DenyAll(isEgress) with
        {
            RuleNumber = number,
            Cidr = Cidr.Parse($"192.168.{number}.0/24"),
        };
}
