using System.Collections.Immutable;
using System.Net;
using Daybreak.Aws;
using Daybreak.Cloud.Ec2.InternetGateways;
using Daybreak.Cloud.Ec2.NatGateways;
using Daybreak.Cloud.Ec2.NetworkAcls;
using Daybreak.Cloud.Ec2.NetworkInterfaces;
using Daybreak.Cloud.Ec2.Networks;
using Daybreak.Cloud.Ec2.PeeringConnections;
using Daybreak.Cloud.Ec2.PrefixLists;
using Daybreak.Cloud.Ec2.Reachability;
using Daybreak.Cloud.Ec2.RouteTables;
using Daybreak.Cloud.Ec2.SecurityGroups;
using Daybreak.Cloud.Ec2.Subnets;
using Daybreak.Cloud.Ec2.VpcEndpoints;
using Daybreak.Cloud.Ec2.Vpcs;

namespace Daybreak.Cloud.Tests.Ec2.Reachability;

/// <summary>Networks in which a database reaches Lambda in the three ways that AWS's page has, and the changes that break them.</summary>
internal static class SampleNetworks
{
    public const string Vpc = "vpc-1";
    public const string DatabaseSubnet = "subnet-db";
    public const string FarSubnet = "subnet-far";
    public const string Database = "eni-db";
    public const string DatabaseGroup = "sg-db";
    public const string DatabaseTable = "rtb-db";
    public const string FarTable = "rtb-far";
    public const string DatabaseAcl = "acl-db";
    public const string FarAcl = "acl-far";
    public const string Internet = "igw-1";
    public const string Nat = "nat-1";
    public const string Endpoint = "vpce-00000000000000001";
    public const string EndpointInterface = "eni-vpce";
    public const string EndpointGroup = "sg-vpce";
    public const string EndpointName = "vpce-00000000000000001-abcd1234.lambda.us-east-1.vpce.amazonaws.com";

    public const string PeerTable = "rtb-peer";
    public const string PeerAcl = "acl-peer";
    public const string Peering = "pcx-1";
    public const string OwnList = "pl-00000000000000001";

    public const string Gateway = "vpce-00000000000000003";

    public static readonly ApiHost AmazonS3 = ApiHost.Of("s3", AwsRegion.Parse("us-east-1"));
    public static readonly ApiHost Lambda = ApiHost.Of("lambda", AwsRegion.Parse("us-east-1"));

    /// <summary>A VPC with the database's subnet, another one, and nothing that leads out.</summary>
    public static Network Closed { get; } =
        new Network
        {
            AccountId = "444455556666",
            Region = "us-east-1",
            Vpcs = Resources<Vpc>.Of([
                new Vpc
                {
                    Id = Vpc,
                    CidrBlocks = [new VpcCidrBlock("vpc-cidr-assoc-1", Cidr.Parse("10.0.0.0/16"))],
                    DhcpOptionsId = "dopt-1",
                    EnableDnsHostnames = true,
                },
            ]),
            Subnets = Resources<Subnet>.Of([
                Subnet(DatabaseSubnet, "10.0.1.0/24", "us-east-1a"),
                Subnet(FarSubnet, "10.0.2.0/24", "us-east-1b"),
            ]),
            RouteTables = Resources<RouteTable>.Of([
                Table("rtb-main", null),
                Table(DatabaseTable, DatabaseSubnet),
                Table(FarTable, FarSubnet),
            ]),
            NetworkAcls = Resources<NetworkAcl>.Of([Acl(DatabaseAcl, DatabaseSubnet), Acl(FarAcl, FarSubnet)]),
            InternetGateways = Resources<InternetGateway>.Of([new InternetGateway { Id = Internet, VpcId = Vpc }]),
            SecurityGroups = Resources<SecurityGroup>.Of([
                Group(DatabaseGroup, Rule("sgr-all", isEgress: true, "tcp", 443, 443, "0.0.0.0/0")),
                Group(EndpointGroup, Rule("sgr-in", isEgress: false, "tcp", 443, 443, "10.0.0.0/16")),
            ]),
            NetworkInterfaces = Resources<NetworkInterface>.Of([
                Interface(Database, DatabaseSubnet, "10.0.1.10", InterfaceUse.Database, DatabaseGroup),
            ]),
        };

    public static Network Public { get; } =
        Closed
            .WithRoute(DatabaseTable, "0.0.0.0/0", RouteTargetKind.InternetGateway, Internet)
            .Change(network => network.NetworkInterfaces, Database, found => found with { PublicIp = IPAddress.Parse("203.0.113.5") });

    public static Network ThroughNat { get; } = (
            Closed with
            {
                NatGateways = Resources<NatGateway>.Of([
                    new NatGateway
                    {
                        Id = Nat,
                        SubnetId = FarSubnet,
                        VpcId = Vpc,
                        IsPublic = true,
                        CreateTime = default,
                        Addresses =
                        [
                            new NatGatewayAddress(
                                "eni-nat",
                                IPAddress.Parse("10.0.2.20"),
                                "eipalloc-1",
                                "eipassoc-1",
                                IPAddress.Parse("203.0.113.9")
                            ),
                        ],
                    },
                ]),
            }
        ).WithRoute(DatabaseTable, "0.0.0.0/0", RouteTargetKind.NatGateway, Nat).WithRoute(FarTable, "0.0.0.0/0", RouteTargetKind.InternetGateway, Internet);

    public static Network ThroughEndpoint { get; } =
        Closed with
        {
            VpcEndpoints = Resources<VpcEndpoint>.Of([
                new VpcEndpoint
                {
                    Id = Endpoint,
                    Type = VpcEndpointType.Interface,
                    VpcId = Vpc,
                    ServiceName = "com.amazonaws.us-east-1.lambda",
                    PolicyDocument = EndpointPolicy.Default(VpcEndpointType.Interface),
                    CreationTime = default,
                    SubnetIds = [FarSubnet],
                    NetworkInterfaceIds = [EndpointInterface],
                    GroupIds = [EndpointGroup],
                    PrivateDnsEnabled = true,
                    DnsSuffix = "abcd1234",
                },
            ]),
            NetworkInterfaces = Closed.NetworkInterfaces.With(
                Interface(EndpointInterface, FarSubnet, "10.0.2.30", InterfaceUse.VpcEndpoint, EndpointGroup)
            ),
        };

    /// <summary>The database's route table leads to a gateway endpoint for S3.</summary>
    public static Network ThroughGateway { get; } =
        EndpointParts.WithRouteTables(
            new VpcEndpoint
            {
                Id = Gateway,
                Type = VpcEndpointType.Gateway,
                VpcId = Vpc,
                ServiceName = "com.amazonaws.us-east-1.s3",
                PolicyDocument = EndpointPolicy.Default(VpcEndpointType.Gateway),
                CreationTime = default,
            },
            [DatabaseTable],
            Closed
        );

    /// <summary>The endpoint is in another VPC, to which there is a peering connection with routes both ways.</summary>
    public static Network ThroughPeer { get; } = (
            ThroughEndpoint with
            {
                Vpcs = ThroughEndpoint.Vpcs.With(
                    new Vpc
                    {
                        Id = "vpc-2",
                        CidrBlocks = [new VpcCidrBlock("vpc-cidr-assoc-2", Cidr.Parse("10.1.0.0/16"))],
                        DhcpOptionsId = "dopt-1",
                    }
                ),
                Subnets = ThroughEndpoint.Subnets.With(Subnet("subnet-peer", "10.1.1.0/24", "us-east-1a") with { VpcId = "vpc-2" }),
                RouteTables = ThroughEndpoint.RouteTables.With(
                    Table(PeerTable, "subnet-peer") with
                    {
                        VpcId = "vpc-2",
                        Routes = [new Route(new CidrDestination(Cidr.Parse("10.1.0.0/16")), RouteTarget.Local) { IsFromTable = true }],
                    }
                ),
                NetworkAcls = ThroughEndpoint.NetworkAcls.With(Acl(PeerAcl, "subnet-peer") with { VpcId = "vpc-2" }),
                PeeringConnections = Resources<PeeringConnection>.Of([
                    new PeeringConnection
                    {
                        Id = Peering,
                        Requester = new PeeringSide(Vpc),
                        Accepter = new PeeringSide("vpc-2"),
                        Status = PeeringStatus.Active,
                        ExpirationTime = default,
                    },
                ]),
            }
        ).Change(n => n.VpcEndpoints, Endpoint, endpoint => endpoint with { VpcId = "vpc-2", SubnetIds = ["subnet-peer"] }).Change(n => n.SecurityGroups, EndpointGroup, group => group with { VpcId = "vpc-2" }).Change(n => n.NetworkInterfaces, EndpointInterface, one => one with { VpcId = "vpc-2", SubnetId = "subnet-peer", PrivateIp = IPAddress.Parse("10.1.1.30") }).WithRoute(DatabaseTable, "10.1.0.0/16", RouteTargetKind.PeeringConnection, Peering).WithRoute(PeerTable, "10.0.0.0/16", RouteTargetKind.PeeringConnection, Peering);

    public static Network WithPeering(this Network network, PeeringStatus status) =>
        network with
        {
            PeeringConnections = network.PeeringConnections.With(network.PeeringConnections.Find(Peering)! with { Status = status }),
        };

    /// <summary>With an instance of RDS for PostgreSQL that was started without <c>rds.custom_dns_resolution</c>.</summary>
    public static Network MissingPrivateDns(this Network network) =>
        network.Change(before => before.NetworkInterfaces, Database, found => found with { MissesPrivateDns = true });

    /// <summary>A prefix list of the customer.</summary>
    public static Network WithList(this Network network, params string[] blocks) => network.WithListOf(OwnList, blocks);

    public static Network WithListOf(this Network network, string id, params string[] blocks) =>
        network with
        {
            PrefixLists = network.PrefixLists.With(
                new PrefixList
                {
                    Id = id,
                    Name = "own",
                    MaxEntries = 10,
                    Versions = ImmutableSortedDictionary<long, ImmutableArray<PrefixListEntry>>.Empty.Add(
                        1,
                        [.. blocks.Select(block => new PrefixListEntry(Cidr.Parse(block), null))]
                    ),
                }
            ),
        };

    public static Network WithListRoute(this Network network, string table, RouteTargetKind kind, string target, string list = OwnList) =>
        network.Change(
            before => before.RouteTables,
            table,
            found => found with { Routes = found.Routes.Add(new Route(new PrefixListDestination(list), new RouteTarget(kind, target))) }
        );

    public static NetworkPath Path(this Network network, ApiHost? host = null) =>
        PathFinder.Find(network, network.NetworkInterfaces.Find(Database)!, host ?? Lambda);

    /// <summary>The obstacles' kinds with the resources that decided: <c>networkAclInbound acl-far subnet-far</c>.</summary>
    public static string Obstacles(this NetworkPath path) =>
        string.Join("; ", path.Obstacles.Select(hop => $"{hop.Kind} {string.Join(' ', hop.Evidence)}"));

    public static Network WithRoute(this Network network, string table, string destination, RouteTargetKind kind, string target) =>
        network.Change(
            before => before.RouteTables,
            table,
            found =>
                found with
                {
                    Routes = found.Routes.Add(new Route(new CidrDestination(Cidr.Parse(destination)), new RouteTarget(kind, target))),
                }
        );

    public static Network WithoutRoutes(this Network network, string table) =>
        network.Change(
            before => before.RouteTables,
            table,
            found => found with { Routes = [.. found.Routes.Where(route => route.IsFromTable)] }
        );

    public static Network WithRules(this Network network, string group, params SecurityGroupRule[] rules) =>
        network.Change(before => before.SecurityGroups, group, found => found with { Rules = [.. rules] });

    public static Network WithEntries(this Network network, string acl, params NetworkAclEntry[] entries) =>
        network.Change(before => before.NetworkAcls, acl, found => found with { Entries = Ordered(entries) });

    public static ImmutableArray<NetworkAclEntry> Ordered(IEnumerable<NetworkAclEntry> entries) =>
        [
            .. entries
                .Concat([NetworkAclEntry.DenyAll(false), NetworkAclEntry.DenyAll(true)])
                .OrderBy(entry => entry.IsEgress)
                .ThenBy(entry => entry.RuleNumber),
        ];

    public static Network Change(
        this Network network,
        Func<Network, Resources<NetworkInterface>> of,
        string id,
        Func<NetworkInterface, NetworkInterface> change
    ) => network with { NetworkInterfaces = of(network).With(change(of(network).Find(id)!)) };

    public static Network Change(
        this Network network,
        Func<Network, Resources<RouteTable>> of,
        string id,
        Func<RouteTable, RouteTable> change
    ) => network with { RouteTables = of(network).With(change(of(network).Find(id)!)) };

    public static Network Change(
        this Network network,
        Func<Network, Resources<SecurityGroup>> of,
        string id,
        Func<SecurityGroup, SecurityGroup> change
    ) => network with { SecurityGroups = of(network).With(change(of(network).Find(id)!)) };

    public static Network Change(
        this Network network,
        Func<Network, Resources<NetworkAcl>> of,
        string id,
        Func<NetworkAcl, NetworkAcl> change
    ) => network with { NetworkAcls = of(network).With(change(of(network).Find(id)!)) };

    public static Network Change(this Network network, Func<Network, Resources<Vpc>> of, string id, Func<Vpc, Vpc> change) =>
        network with
        {
            Vpcs = of(network).With(change(of(network).Find(id)!)),
        };

    public static Network Change(
        this Network network,
        Func<Network, Resources<VpcEndpoint>> of,
        string id,
        Func<VpcEndpoint, VpcEndpoint> change
    ) => network with { VpcEndpoints = of(network).With(change(of(network).Find(id)!)) };

    public static Network Change(
        this Network network,
        Func<Network, Resources<NatGateway>> of,
        string id,
        Func<NatGateway, NatGateway> change
    ) => network with { NatGateways = of(network).With(change(of(network).Find(id)!)) };

    public static SecurityGroupRule Rule(string id, bool isEgress, string protocol, int? from, int? to, string peer) =>
        new()
        {
            Id = id,
            IsEgress = isEgress,
            Protocol = IpProtocol.TryParse(protocol, out var parsed) ? parsed : throw new FormatException(protocol),
            FromPort = from,
            ToPort = to,
            Peer =
                peer.StartsWith("sg-", StringComparison.Ordinal) ? new GroupPeer(peer)
                : peer.StartsWith("pl-", StringComparison.Ordinal) ? new PrefixListPeer(peer)
                : new CidrPeer(Cidr.Parse(peer)),
        };

    public static NetworkAclEntry Entry(
        int number,
        bool isEgress,
        bool allows,
        string protocol,
        string cidr,
        int? from = null,
        int? to = null
    ) =>
        new()
        {
            RuleNumber = number,
            IsEgress = isEgress,
            Allows = allows,
            Protocol = IpProtocol.TryParse(protocol, out var parsed) ? parsed : throw new FormatException(protocol),
            Cidr = Cidr.Parse(cidr),
            Ports = from is null ? null : new PortRange(from.Value, to!.Value),
        };

    public static NetworkInterface Interface(string id, string subnet, string address, InterfaceUse use, params string[] groups) =>
        new()
        {
            Id = id,
            SubnetId = subnet,
            VpcId = Vpc,
            PrivateIp = IPAddress.Parse(address),
            GroupIds = [.. groups],
            Use = use,
            MacAddress = "0a:00:00:00:00:01",
        };

    public static SecurityGroup Group(string id, params SecurityGroupRule[] rules) =>
        new()
        {
            Id = id,
            VpcId = Vpc,
            GroupName = id,
            Description = id,
            Rules = [.. rules],
        };

    private static Subnet Subnet(string id, string cidr, string zone) =>
        new()
        {
            Id = id,
            VpcId = Vpc,
            CidrBlock = Cidr.Parse(cidr),
            AvailabilityZone = zone,
        };

    private static RouteTable Table(string id, string? subnet) =>
        new()
        {
            Id = id,
            VpcId = Vpc,
            Routes = [new Route(new CidrDestination(Cidr.Parse("10.0.0.0/16")), RouteTarget.Local) { IsFromTable = true }],
            Associations = [new RouteTableAssociation($"rtbassoc-{id}", subnet)],
        };

    private static NetworkAcl Acl(string id, string subnet) =>
        new()
        {
            Id = id,
            VpcId = Vpc,
            IsDefault = false,
            Entries = Ordered([Entry(100, false, true, "-1", "0.0.0.0/0"), Entry(100, true, true, "-1", "0.0.0.0/0")]),
            Associations = [new NetworkAclAssociation($"aclassoc-{id}", subnet)],
        };
}
