using System.Net;
using Daybreak.Aws;
using Daybreak.Cloud.Ec2.InternetGateways;
using Daybreak.Cloud.Ec2.NetworkInterfaces;
using Daybreak.Cloud.Ec2.Networks;
using Daybreak.Cloud.Ec2.PeeringConnections;
using Daybreak.Cloud.Ec2.PrefixLists;
using Daybreak.Cloud.Ec2.Reachability;
using Daybreak.Cloud.Ec2.RouteTables;
using Daybreak.Cloud.Ec2.VpcEndpoints;
using static Daybreak.Cloud.Tests.Ec2.Reachability.SampleNetworks;

namespace Daybreak.Cloud.Tests.Ec2.Reachability;

/// <summary>Tests each rule of reachability on its own: a network, a change, and the obstacles that it causes.</summary>
public sealed class PathTests
{
    private const string All = "0.0.0.0/0";
    private const string NoEgress = "securityGroupEgress sg-db";

    private static readonly Dictionary<string, (Network Network, string Obstacles)> CasesByName = new()
    {
        // The three ways of AWS's page
        ["public"] = (Public, ""),
        ["through NAT"] = (ThroughNat, ""),
        ["through an endpoint"] = (ThroughEndpoint, ""),
        ["nothing leads out"] = (Closed, "route rtb-db subnet-db"),

        // Public
        ["public subnet, no public address"] = (
            Public.Change(n => n.NetworkInterfaces, Database, i => i with { PublicIp = null }),
            "publicAddress eni-db igw-1"
        ),
        ["public address, subnet without route"] = (Public.WithoutRoutes(DatabaseTable), "route rtb-db subnet-db"),
        ["internet gateway detached"] = (
            Public with
            {
                InternetGateways = Resources<InternetGateway>.Of([new InternetGateway { Id = Internet }]),
            },
            "route rtb-db subnet-db igw-1"
        ),
        ["more specific route into nothing"] = (
            Public.WithRoute(DatabaseTable, "52.0.0.0/8", RouteTargetKind.NatGateway, "nat-gone"),
            "route rtb-db subnet-db nat-gone"
        ),
        ["less specific route into nothing"] = (Public.WithRoute(DatabaseTable, "0.0.0.0/0", RouteTargetKind.NatGateway, "nat-gone"), ""),
        ["main table counts without an association"] = (
            Public.Change(n => n.RouteTables, DatabaseTable, t => t with { Associations = [] }),
            "route rtb-main subnet-db"
        ),
        ["route to an instance"] = (
            Closed
                .WithRoute(DatabaseTable, All, RouteTargetKind.NetworkInterface, Database)
                .Change(n => n.NetworkInterfaces, Database, i => i with { Attachment = new InterfaceAttachment("eni-attach-1", default) }),
            "route rtb-db subnet-db eni-db"
        ),

        // Egress rules of the database
        ["no rule"] = (Public.WithRules(DatabaseGroup), NoEgress),
        ["ingress rule only"] = (Public.WithRules(DatabaseGroup, Rule("sgr-1", false, "tcp", 443, 443, All)), NoEgress),
        ["udp 443"] = (Public.WithRules(DatabaseGroup, Rule("sgr-1", true, "udp", 443, 443, All)), NoEgress),
        ["tcp 80"] = (Public.WithRules(DatabaseGroup, Rule("sgr-1", true, "tcp", 80, 80, All)), NoEgress),
        ["tcp 444 to 500"] = (Public.WithRules(DatabaseGroup, Rule("sgr-1", true, "tcp", 444, 500, All)), NoEgress),
        ["tcp 0 to 65535"] = (Public.WithRules(DatabaseGroup, Rule("sgr-1", true, "tcp", 0, 65535, All)), ""),
        ["all protocols"] = (Public.WithRules(DatabaseGroup, Rule("sgr-1", true, "-1", null, null, All)), ""),
        ["IPv6 only"] = (Public.WithRules(DatabaseGroup, Rule("sgr-1", true, "-1", null, null, "::/0")), NoEgress),
        ["elsewhere"] = (Public.WithRules(DatabaseGroup, Rule("sgr-1", true, "-1", null, null, "10.0.0.0/8")), NoEgress),
        ["prefix list of another service"] = (
            Public.WithRules(DatabaseGroup, Rule("sgr-1", true, "-1", null, null, "pl-63a5400a")),
            NoEgress
        ),
        ["group, over the internet"] = (Public.WithRules(DatabaseGroup, Rule("sgr-1", true, "-1", null, null, EndpointGroup)), NoEgress),
        ["its own group, over the internet"] = (
            Public.WithRules(DatabaseGroup, Rule("sgr-1", true, "-1", null, null, DatabaseGroup)),
            NoEgress
        ),
        ["one of two groups"] = (
            (Public with { SecurityGroups = Public.SecurityGroups.With(Group("sg-2", Rule("sgr-2", true, "tcp", 443, 443, All))) })
                .WithRules(DatabaseGroup)
                .Change(n => n.NetworkInterfaces, Database, i => i with { GroupIds = [DatabaseGroup, "sg-2"] }),
            ""
        ),

        ["own prefix list with the address"] = (
            Public.WithList("10.0.0.0/8", "52.0.0.0/8").WithRules(DatabaseGroup, Rule("sgr-1", true, "tcp", 443, 443, OwnList)),
            ""
        ),
        ["own prefix list without the address"] = (
            Public.WithList("10.0.0.0/8").WithRules(DatabaseGroup, Rule("sgr-1", true, "tcp", 443, 443, OwnList)),
            NoEgress
        ),
        ["own prefix list for another port"] = (
            Public.WithList(All).WithRules(DatabaseGroup, Rule("sgr-1", true, "tcp", 80, 80, OwnList)),
            NoEgress
        ),
        ["endpoint admits a prefix list"] = (
            ThroughEndpoint.WithList("10.0.1.0/24").WithRules(EndpointGroup, Rule("sgr-1", false, "tcp", 443, 443, OwnList)),
            ""
        ),

        // Routes to prefix lists
        ["route to a prefix list"] = (
            Public
                .WithoutRoutes(DatabaseTable)
                .WithList("52.0.0.0/8")
                .WithListRoute(DatabaseTable, RouteTargetKind.InternetGateway, Internet),
            ""
        ),
        ["route to a prefix list without the address"] = (
            Public
                .WithoutRoutes(DatabaseTable)
                .WithList("53.0.0.0/8")
                .WithListRoute(DatabaseTable, RouteTargetKind.InternetGateway, Internet),
            "route rtb-db subnet-db"
        ),
        ["the smallest block counts, of lists too"] = (
            Public.WithList(All, "52.94.0.0/16").WithListRoute(DatabaseTable, RouteTargetKind.NatGateway, "nat-gone"),
            "route rtb-db subnet-db nat-gone"
        ),
        ["of the same block the route that names it counts"] = (
            Public.WithList(All).WithListRoute(DatabaseTable, RouteTargetKind.NatGateway, "nat-gone"),
            ""
        ),

        // IPv6 does not lead to a name that has IPv4 addresses only
        ["IPv6 route"] = (Closed.WithRoute(DatabaseTable, "::/0", RouteTargetKind.EgressOnlyGateway, "eigw-1"), "route rtb-db subnet-db"),
        ["IPv6 entry denies"] = (
            Public.WithEntries(
                DatabaseAcl,
                Entry(1, true, false, "-1", "::/0"),
                Entry(1, false, false, "-1", "::/0"),
                Entry(100, true, true, "-1", All),
                Entry(100, false, true, "-1", All)
            ),
            ""
        ),

        // Network ACLs of the database's subnet
        ["custom ACL without entries"] = (
            Public.WithEntries(DatabaseAcl),
            "networkAclOutbound acl-db subnet-db; networkAclInbound acl-db subnet-db"
        ),
        ["outbound only"] = (
            Public.WithEntries(DatabaseAcl, Entry(100, true, true, "tcp", All, 443, 443)),
            "networkAclInbound acl-db subnet-db"
        ),
        ["inbound 443, not the ephemeral ports"] = (
            Public.WithEntries(DatabaseAcl, Entry(100, true, true, "tcp", All, 443, 443), Entry(100, false, true, "tcp", All, 443, 443)),
            "networkAclInbound acl-db subnet-db"
        ),
        ["ephemeral ports"] = (
            Public.WithEntries(DatabaseAcl, Entry(100, true, true, "tcp", All, 443, 443), Entry(100, false, true, "tcp", All, 1024, 65535)),
            ""
        ),
        ["ephemeral ports in two entries"] = (
            Public.WithEntries(
                DatabaseAcl,
                Entry(100, true, true, "6", All, 443, 443),
                Entry(100, false, true, "6", All, 1024, 40000),
                Entry(110, false, true, "6", All, 40001, 65535)
            ),
            ""
        ),
        ["a hole in the ephemeral ports"] = (
            Public.WithEntries(
                DatabaseAcl,
                Entry(100, true, true, "6", All, 443, 443),
                Entry(90, false, false, "6", All, 50000, 50000),
                Entry(100, false, true, "6", All, 1024, 65535)
            ),
            "networkAclInbound acl-db subnet-db"
        ),
        ["deny before allow"] = (
            Public.WithEntries(
                DatabaseAcl,
                Entry(90, true, false, "6", All, 443, 443),
                Entry(100, true, true, "-1", All),
                Entry(100, false, true, "-1", All)
            ),
            "networkAclOutbound acl-db subnet-db"
        ),
        ["allow before deny"] = (
            Public.WithEntries(
                DatabaseAcl,
                Entry(100, true, true, "-1", All),
                Entry(110, true, false, "6", All, 443, 443),
                Entry(100, false, true, "-1", All)
            ),
            ""
        ),
        ["udp entries"] = (
            Public.WithEntries(DatabaseAcl, Entry(100, true, true, "udp", All, 443, 443), Entry(100, false, true, "-1", All)),
            "networkAclOutbound acl-db subnet-db"
        ),

        // NAT
        ["NAT needs no public address"] = (
            ThroughNat.Change(n => n.NetworkInterfaces, Database, i => i with { PublicIp = IPAddress.Parse("203.0.113.5") }),
            ""
        ),
        ["NAT gateway deleted"] = (
            ThroughNat.Change(n => n.NatGateways, Nat, g => g with { DeleteTime = DateTimeOffset.UnixEpoch }),
            "route rtb-db subnet-db nat-1"
        ),
        ["private NAT gateway"] = (
            ThroughNat.Change(n => n.NatGateways, Nat, g => g with { IsPublic = false, Addresses = [] }),
            "natGateway nat-1 subnet-far"
        ),
        ["NAT in a private subnet"] = (ThroughNat.WithoutRoutes(FarTable), "route rtb-far subnet-far"),
        ["NAT in the database's own subnet"] = (
            ThroughNat.Change(n => n.NatGateways, Nat, g => g with { SubnetId = DatabaseSubnet }),
            "route rtb-db subnet-db nat-1"
        ),
        ["ACL of the NAT gateway's subnet"] = (
            ThroughNat.WithEntries(FarAcl),
            "networkAclInbound acl-far subnet-far; networkAclOutbound acl-far subnet-far; networkAclInbound acl-far subnet-far; "
                + "networkAclOutbound acl-far subnet-far"
        ),
        ["NAT's own ephemeral ports"] = (
            ThroughNat.WithEntries(
                FarAcl,
                Entry(100, true, true, "-1", All),
                Entry(90, false, true, "6", "10.0.1.0/24"),
                Entry(100, false, true, "6", All, 32768, 60999)
            ),
            "networkAclInbound acl-far subnet-far"
        ),
        ["egress to the endpoint's group does not lead through NAT"] = (
            ThroughNat.WithRules(DatabaseGroup, Rule("sgr-1", true, "tcp", 443, 443, EndpointGroup)),
            NoEgress
        ),

        // Endpoint
        ["egress to the endpoint's group"] = (
            ThroughEndpoint.WithRules(DatabaseGroup, Rule("sgr-1", true, "tcp", 443, 443, EndpointGroup)),
            ""
        ),
        ["egress to the endpoint's address"] = (
            ThroughEndpoint.WithRules(DatabaseGroup, Rule("sgr-1", true, "tcp", 443, 443, "10.0.2.30/32")),
            ""
        ),
        ["egress elsewhere in the VPC"] = (
            ThroughEndpoint.WithRules(DatabaseGroup, Rule("sgr-1", true, "tcp", 443, 443, "10.0.2.31/32")),
            NoEgress
        ),
        ["endpoint admits nobody"] = (ThroughEndpoint.WithRules(EndpointGroup), "endpointSecurityGroupIngress sg-vpce"),
        ["endpoint admits the database's group"] = (
            ThroughEndpoint.WithRules(EndpointGroup, Rule("sgr-1", false, "tcp", 443, 443, DatabaseGroup)),
            ""
        ),
        ["endpoint admits members of its own group"] = (
            ThroughEndpoint.WithRules(EndpointGroup, Rule("sgr-1", false, "-1", null, null, EndpointGroup)),
            "endpointSecurityGroupIngress sg-vpce"
        ),
        ["endpoint admits another port"] = (
            ThroughEndpoint.WithRules(EndpointGroup, Rule("sgr-1", false, "tcp", 5432, 5432, "10.0.0.0/16")),
            "endpointSecurityGroupIngress sg-vpce"
        ),
        ["endpoint without private DNS"] = (
            ThroughEndpoint.Change(n => n.VpcEndpoints, Endpoint, e => e with { PrivateDnsEnabled = false }),
            "route rtb-db subnet-db"
        ),
        ["VPC without DNS host names"] = (
            ThroughEndpoint.Change(n => n.Vpcs, Vpc, v => v with { EnableDnsHostnames = false }),
            "route rtb-db subnet-db"
        ),
        ["VPC without DNS"] = (
            ThroughEndpoint.Change(n => n.Vpcs, Vpc, v => v with { EnableDnsSupport = false }),
            $"name vpc-1 {Endpoint}; route rtb-db subnet-db"
        ),
        ["public instance, endpoint that admits nobody"] = (
            (
                Public with
                {
                    VpcEndpoints = ThroughEndpoint.VpcEndpoints,
                    NetworkInterfaces = Public.NetworkInterfaces.With(ThroughEndpoint.NetworkInterfaces.Find(EndpointInterface)!),
                }
            ).WithRules(EndpointGroup),
            "endpointSecurityGroupIngress sg-vpce"
        ),
        ["endpoint of another service"] = (
            ThroughEndpoint.Change(n => n.VpcEndpoints, Endpoint, e => e with { ServiceName = "com.amazonaws.us-east-1.s3" }),
            "route rtb-db subnet-db"
        ),
        ["endpoint of another VPC"] = (
            ThroughEndpoint.Change(n => n.VpcEndpoints, Endpoint, e => e with { VpcId = "vpc-2" }),
            "route rtb-db subnet-db"
        ),
        ["ACL of the endpoint's subnet, in"] = (
            ThroughEndpoint.WithEntries(FarAcl, Entry(100, true, true, "-1", All)),
            "networkAclInbound acl-far subnet-far"
        ),
        ["ACL of the endpoint's subnet, out"] = (
            ThroughEndpoint.WithEntries(FarAcl, Entry(100, false, true, "-1", All)),
            "networkAclOutbound acl-far subnet-far"
        ),
        ["no ACL within a subnet"] = (
            ThroughEndpoint
                .WithEntries(DatabaseAcl)
                .Change(n => n.NetworkInterfaces, EndpointInterface, i => i with { SubnetId = DatabaseSubnet }),
            ""
        ),
        ["RDS for PostgreSQL does not find private DNS names by itself"] = (ThroughEndpoint.MissingPrivateDns(), "route rtb-db subnet-db"),
        ["RDS for PostgreSQL through NAT"] = (ThroughNat.MissingPrivateDns(), ""),
        ["RDS for PostgreSQL past an endpoint that admits nobody"] = (
            (
                Public with
                {
                    VpcEndpoints = ThroughEndpoint.VpcEndpoints,
                    NetworkInterfaces = Public.NetworkInterfaces.With(ThroughEndpoint.NetworkInterfaces.Find(EndpointInterface)!),
                }
            )
                .WithRules(EndpointGroup)
                .MissingPrivateDns(),
            ""
        ),
        ["no route is needed for an endpoint"] = (
            ThroughEndpoint.WithRoute(DatabaseTable, All, RouteTargetKind.NatGateway, "nat-gone"),
            ""
        ),
    };

    private static readonly Dictionary<string, (Network Network, string Obstacles)> PeeredByName = new()
    {
        ["by the endpoint's address"] = (ThroughPeer, ""),
        ["no route there"] = (ThroughPeer.WithoutRoutes(DatabaseTable), "route rtb-db subnet-db"),
        ["no route back"] = (ThroughPeer.WithoutRoutes(PeerTable), "route rtb-peer subnet-peer"),
        ["route to another connection"] = (
            ThroughPeer.WithoutRoutes(DatabaseTable).WithRoute(DatabaseTable, "10.1.0.0/16", RouteTargetKind.PeeringConnection, "pcx-2"),
            "route rtb-db subnet-db pcx-2"
        ),
        ["narrower route elsewhere"] = (
            ThroughPeer.WithRoute(DatabaseTable, "10.1.1.0/24", RouteTargetKind.InternetGateway, Internet),
            "route rtb-db subnet-db igw-1"
        ),
        ["not accepted"] = (ThroughPeer.WithPeering(PeeringStatus.PendingAcceptance), "name vpc-1; route rtb-db subnet-db"),
        ["deleted"] = (ThroughPeer.WithPeering(PeeringStatus.Deleted), "name vpc-1; route rtb-db subnet-db"),
        ["group of the peer"] = (ThroughPeer.WithRules(EndpointGroup, Rule("sgr-1", false, "tcp", 443, 443, DatabaseGroup)), ""),
        ["egress to the peer's group"] = (ThroughPeer.WithRules(DatabaseGroup, Rule("sgr-1", true, "tcp", 443, 443, EndpointGroup)), ""),
        ["endpoint admits nobody"] = (ThroughPeer.WithRules(EndpointGroup), "endpointSecurityGroupIngress sg-vpce"),
        ["ACL of the peer's subnet"] = (
            ThroughPeer.WithEntries(PeerAcl),
            "networkAclInbound acl-peer subnet-peer; networkAclOutbound acl-peer subnet-peer"
        ),
        ["no host names in the VPC"] = (ThroughPeer.Change(n => n.Vpcs, Vpc, v => v with { EnableDnsHostnames = false }), ""),
    };

    public static TheoryData<string> Peered => [.. PeeredByName.Keys];

    [Theory]
    [MemberData(nameof(Peered))]
    public void Endpoint_of_a_peer_is_reached_or_told_what_is_in_the_way(string name)
    {
        var (network, obstacles) = PeeredByName[name];
        Assert.True(ApiHost.TryParse(EndpointName, out var host));

        Assert.Equal(obstacles, network.Path(host).Obstacles());
    }

    [Fact]
    public void Private_name_and_ways_out_of_a_peer_are_its_own()
    {
        // Neither its private DNS, nor its internet gateway or NAT gateway.
        Assert.Equal("route rtb-db subnet-db", ThroughPeer.Path().Obstacles());
        Assert.Equal(
            "route rtb-db subnet-db pcx-1",
            ThroughPeer.WithRoute(DatabaseTable, All, RouteTargetKind.PeeringConnection, Peering).Path().Obstacles()
        );
    }

    [Fact]
    public void Name_with_IPv6_addresses_leads_past_endpoints_for_IPv4()
    {
        Assert.True(ApiHost.TryParse("lambda.us-east-1.api.aws", out var host));

        Assert.True(Public.Path(host).IsOpen);
        Assert.Equal("route rtb-db subnet-db", ThroughEndpoint.Path(host).Obstacles());
        Assert.Equal(Public.Path().PublicAddress, Public.Path(host).PublicAddress);
    }

    public static TheoryData<string> Cases => [.. CasesByName.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Path_is_open_or_names_what_is_in_the_way(string name)
    {
        var (network, obstacles) = CasesByName[name];
        var path = network.Path();

        Assert.Equal(obstacles, path.Obstacles());
        Assert.Equal(obstacles.Length == 0, path.IsOpen);
    }

    [Theory]
    [InlineData(EndpointName, "")]
    [InlineData("vpce-00000000000000001-abcd1234-us-east-1b.lambda.us-east-1.vpce.amazonaws.com", "")]
    [InlineData("vpce-00000000000000001-wrong123.lambda.us-east-1.vpce.amazonaws.com", "name vpc-1; route rtb-db subnet-db")]
    [InlineData("vpce-00000000000000002-abcd1234.lambda.us-east-1.vpce.amazonaws.com", "name vpc-1; route rtb-db subnet-db")]
    public void Name_of_an_endpoint_needs_no_private_dns(string name, string obstacles)
    {
        var network = ThroughEndpoint.Change(n => n.VpcEndpoints, Endpoint, endpoint => endpoint with { PrivateDnsEnabled = false });

        Assert.True(ApiHost.TryParse(name, out var host));
        Assert.Equal(obstacles, network.Path(host).Obstacles());
    }

    [Fact]
    public void Name_of_an_endpoint_needs_no_custom_dns_resolution()
    {
        Assert.True(ApiHost.TryParse(EndpointName, out var host));
        Assert.True(ThroughEndpoint.MissingPrivateDns().Path(host).IsOpen);
    }

    private static readonly string ListOfS3 = PrefixList.OfAwsFor("us-east-1", "com.amazonaws.us-east-1.s3")!.Id;

    private static readonly Dictionary<string, (Network Network, string Obstacles)> ToS3ByName = new()
    {
        ["through a gateway endpoint"] = (ThroughGateway, ""),
        ["over the internet"] = (Public, ""),
        ["nothing leads out"] = (Closed, "route rtb-db subnet-db"),
        ["a route to the internet besides"] = (ThroughGateway.WithRoute(DatabaseTable, All, RouteTargetKind.NatGateway, "nat-gone"), ""),
        ["the endpoint is in another table"] = (
            ThroughGateway.Change(n => n.RouteTables, DatabaseTable, t => t with { Associations = [] }),
            "route rtb-main subnet-db"
        ),
        ["no rule"] = (ThroughGateway.WithRules(DatabaseGroup), NoEgress),
        ["a rule for S3's list"] = (ThroughGateway.WithRules(DatabaseGroup, Rule("sgr-1", true, "tcp", 443, 443, ListOfS3)), ""),
        ["a rule for another list"] = (ThroughGateway.WithRules(DatabaseGroup, Rule("sgr-1", true, "tcp", 443, 443, OwnList)), NoEgress),
        ["a rule for the VPC"] = (ThroughGateway.WithRules(DatabaseGroup, Rule("sgr-1", true, "tcp", 443, 443, "10.0.0.0/16")), NoEgress),
        ["answers are not let in"] = (
            ThroughGateway.WithEntries(DatabaseAcl, Entry(100, true, true, "-1", All)),
            "networkAclInbound acl-db subnet-db"
        ),
        ["a narrower route elsewhere"] = (
            ThroughGateway.WithRoute(DatabaseTable, "198.19.0.0/24", RouteTargetKind.NatGateway, "nat-gone"),
            "route rtb-db subnet-db nat-gone"
        ),
        ["a gateway endpoint of the NAT gateway's subnet"] = (
            EndpointParts.WithRouteTables(ThroughGateway.VpcEndpoints.Find(Gateway)!, [FarTable], ThroughNat).WithoutRoutes("rtb-main"),
            ""
        ),
    };

    public static TheoryData<string> ToS3 => [.. ToS3ByName.Keys];

    [Theory]
    [MemberData(nameof(ToS3))]
    public void S3_is_reached_through_a_gateway_endpoint_or_told_what_is_in_the_way(string name)
    {
        var (network, obstacles) = ToS3ByName[name];

        Assert.Equal(obstacles, network.Path(AmazonS3).Obstacles());
    }

    [Fact]
    public void Gateway_endpoint_leads_to_its_service_in_its_region_only()
    {
        var path = ThroughGateway.Path(AmazonS3);

        Assert.Equal((Gateway, null), (path.EndpointId, path.PublicAddress));
        Assert.Equal("route rtb-db subnet-db", ThroughGateway.Path().Obstacles());
        Assert.Equal("route rtb-db subnet-db", ThroughGateway.Path(ApiHost.Of("s3", AwsRegion.Parse("eu-central-1"))).Obstacles());
        Assert.Equal("route rtb-db subnet-db", ThroughGateway.Path(ApiHost.Of("dynamodb", AwsRegion.Parse("us-east-1"))).Obstacles());
        Assert.Null(Public.Path(AmazonS3).EndpointId);
    }

    [Fact]
    public void Endpoint_serves_its_own_region_only()
    {
        var elsewhere = ApiHost.Of("lambda", AwsRegion.Parse("eu-central-1"));

        Assert.Equal("route rtb-db subnet-db", ThroughEndpoint.Path(elsewhere).Obstacles());
        Assert.True(ThroughNat.Path(elsewhere).IsOpen);
    }

    [Theory]
    [InlineData(false, true, false, $"; {Endpoint} has no private DNS name.")]
    [InlineData(true, false, false, $"; the private DNS name of {Endpoint} needs enableDnsHostnames of vpc-1.")]
    [InlineData(true, true, true, $"; the private DNS name of {Endpoint} needs rds.custom_dns_resolution = 1.")]
    public void Unused_endpoint_is_told_and_why(bool hasPrivateDns, bool hasHostNames, bool missesPrivateDns, string told)
    {
        var network = ThroughEndpoint
            .Change(n => n.VpcEndpoints, Endpoint, endpoint => endpoint with { PrivateDnsEnabled = hasPrivateDns })
            .Change(n => n.Vpcs, Vpc, vpc => vpc with { EnableDnsHostnames = hasHostNames });
        var name = (NameHop)(missesPrivateDns ? network.MissingPrivateDns() : network).Path().Hops[0];

        Assert.Equal(new UnusedEndpoint(Endpoint, hasPrivateDns, hasHostNames), name.Unused);
        Assert.EndsWith(told, HopText.Of(name), StringComparison.Ordinal);
    }

    [Fact]
    public void Api_sees_the_address_of_the_way_out()
    {
        Assert.Equal("203.0.113.5", $"{Public.Path().PublicAddress}");
        Assert.Equal("203.0.113.9", $"{ThroughNat.Path().PublicAddress}");
        Assert.Null(ThroughEndpoint.Path().PublicAddress);
        Assert.Equal(Endpoint, ThroughEndpoint.Path().EndpointId);
    }

    [Fact]
    public void Second_interface_of_an_endpoint_is_tried()
    {
        var near = Interface("eni-near", DatabaseSubnet, "10.0.1.30", InterfaceUse.VpcEndpoint, "sg-shut");
        var network = ThroughEndpoint with
        {
            SecurityGroups = ThroughEndpoint.SecurityGroups.With(Group("sg-shut")),
            NetworkInterfaces = ThroughEndpoint.NetworkInterfaces.With(near),
        };
        network = network.Change(
            n => n.VpcEndpoints,
            Endpoint,
            endpoint => endpoint with { NetworkInterfaceIds = [EndpointInterface, "eni-near"] }
        );

        Assert.True(network.Path().IsOpen);
        Assert.Equal("endpointSecurityGroupIngress sg-shut", network.WithRules(EndpointGroup).Path().Obstacles());
    }

    [Theory]
    [InlineData("lambda.us-east-1.amazonaws.com", "lambda", "us-east-1")]
    [InlineData("LAMBDA.cn-north-1.amazonaws.com.cn", "lambda", "cn-north-1")]
    [InlineData("lambda.cn-north-1.amazonaws.com", null, null)]
    [InlineData("lambda.us-east-1.example.com", null, null)]
    [InlineData("127.0.0.1", null, null)]
    [InlineData("localhost", null, null)]
    [InlineData("", null, null)]
    [InlineData("lambda.eu-west-1.api.aws", "lambda", "eu-west-1")]
    [InlineData("lambda.cn-north-1.api.aws", null, null)]
    [InlineData(".us-east-1.amazonaws.com", null, null)]
    [InlineData("a/b.us-east-1.amazonaws.com", null, null)]
    [InlineData("s3.us-east-1.amazonaws.com", "s3", "us-east-1")]
    [InlineData("my-bucket.s3.eu-west-1.amazonaws.com", "s3", "eu-west-1")]
    [InlineData("my.bucket.s3.eu-west-1.amazonaws.com", "s3", "eu-west-1")]
    [InlineData("my-bucket.s3.example.com", null, null)]
    [InlineData("my-bucket.lambda.eu-west-1.amazonaws.com", null, null)]
    public void Hosts_are_read(string name, string? service, string? region)
    {
        Assert.Equal(service is not null, ApiHost.TryParse(name, out var host));
        Assert.Equal((service, region), (host?.Service, host?.Region));
    }
}
