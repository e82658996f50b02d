using Daybreak.Cloud.Ec2;
using Daybreak.Cloud.Ec2.InternetGateways;
using Daybreak.Cloud.Ec2.Reachability;
using Daybreak.Cloud.Ec2.Reachability.Mending;
using Daybreak.Cloud.Ec2.RouteTables;
using Daybreak.Cloud.Iam.Explain;
using static Daybreak.Cloud.Tests.Ec2.Reachability.Networks;

namespace Daybreak.Cloud.Tests.Ec2.Reachability;

public sealed class PathMendingTests
{
    private const string MakePublic = "aws rds modify-db-instance --db-instance-identifier db --publicly-accessible";

    private const string FindPrivateNames = "aws rds modify-db-parameter-group …";

    private static readonly DatabaseCommands database = new(MakePublic, [FindPrivateNames]);

    private static readonly Dictionary<string, (Network Network, string[] Commands)> cases = new()
    {
        ["open"] = (Public, []),
        ["no egress rule"] = (Public.WithRules(DatabaseGroup), ["aws ec2 authorize-security-group-egress --group-id sg-db --protocol tcp --port 443 --cidr 0.0.0.0/0"]),
        ["no egress rule to an endpoint"] = (
            ThroughEndpoint.WithRules(DatabaseGroup),
            ["aws ec2 authorize-security-group-egress --group-id sg-db --ip-permissions 'IpProtocol=tcp,FromPort=443,ToPort=443,UserIdGroupPairs=[{GroupId=sg-vpce}]'"]),
        ["endpoint admits nobody"] = (
            ThroughEndpoint.WithRules(EndpointGroup),
            ["aws ec2 authorize-security-group-ingress --group-id sg-vpce --protocol tcp --port 443 --source-group sg-db"]),
        ["ACL without entries"] = (
            Public.WithEntries(DatabaseAcl),
            [
                "aws ec2 create-network-acl-entry --network-acl-id acl-db --egress --rule-number 100 --protocol tcp --port-range From=443,To=443 --cidr-block 0.0.0.0/0 --rule-action allow",
                "aws ec2 create-network-acl-entry --network-acl-id acl-db --ingress --rule-number 100 --protocol tcp --port-range From=1024,To=65535 --cidr-block 0.0.0.0/0 --rule-action allow",
            ]),
        ["ACL that denies first"] = (
            Public.WithEntries(DatabaseAcl, Entry(1, true, false, "-1", "0.0.0.0/0"), Entry(100, false, true, "-1", "0.0.0.0/0")),
            ["aws ec2 replace-network-acl-entry --network-acl-id acl-db --egress --rule-number 1 --protocol tcp --port-range From=443,To=443 --cidr-block 0.0.0.0/0 --rule-action allow"]),
        ["ACL of the endpoint's subnet"] = (
            ThroughEndpoint.WithEntries(FarAcl, Entry(100, false, true, "-1", "0.0.0.0/0")),
            ["aws ec2 create-network-acl-entry --network-acl-id acl-far --egress --rule-number 100 --protocol tcp --port-range From=1024,To=65535 --cidr-block 10.0.1.0/24 --rule-action allow"]),
        ["no route, public address"] = (
            Public.WithoutRoutes(DatabaseTable), ["aws ec2 create-route --route-table-id rtb-db --destination-cidr-block 0.0.0.0/0 --gateway-id igw-1"]),
        ["no route, NAT gateway"] = (
            ThroughNat.WithoutRoutes(DatabaseTable), ["aws ec2 create-route --route-table-id rtb-db --destination-cidr-block 0.0.0.0/0 --nat-gateway-id nat-1"]),
        ["route into nothing"] = (
            Public.WithoutRoutes(DatabaseTable).WithRoute(DatabaseTable, "0.0.0.0/0", RouteTargetKind.NatGateway, "nat-gone"),
            ["aws ec2 replace-route --route-table-id rtb-db --destination-cidr-block 0.0.0.0/0 --gateway-id igw-1"]),
        ["narrower route into nothing"] = (
            Public.WithRoute(DatabaseTable, "52.0.0.0/8", RouteTargetKind.NatGateway, "nat-gone"), ["aws ec2 delete-route --route-table-id rtb-db --destination-cidr-block 52.0.0.0/8"]),
        ["route of a prefix list into nothing"] = (
            Public.WithList("52.0.0.0/8").WithListRoute(DatabaseTable, RouteTargetKind.NatGateway, "nat-gone"),
            [$"aws ec2 delete-route --route-table-id rtb-db --destination-prefix-list-id {OwnList}"]),
        ["internet gateway detached"] = (
            Public with { InternetGateways = Resources<InternetGateway>.Of([new InternetGateway { Id = Internet }]) },
            ["aws ec2 attach-internet-gateway --internet-gateway-id igw-1 --vpc-id vpc-1"]),
        ["no public address"] = (Public.Change(n => n.NetworkInterfaces, Database, i => i with { PublicIp = null }), [MakePublic]),
        ["NAT gateway without internet"] = (
            ThroughNat.WithoutRoutes(FarTable), ["aws ec2 create-route --route-table-id rtb-far --destination-cidr-block 0.0.0.0/0 --gateway-id igw-1"]),
        ["endpoint without private DNS"] = (
            ThroughEndpoint.Change(n => n.VpcEndpoints, Endpoint, e => e with { PrivateDnsEnabled = false }),
            [$"aws ec2 modify-vpc-endpoint --vpc-endpoint-id {Endpoint} --private-dns-enabled"]),
        ["no DNS host names"] = (
            ThroughEndpoint.Change(n => n.Vpcs, Vpc, v => v with { EnableDnsHostnames = false }), ["aws ec2 modify-vpc-attribute --vpc-id vpc-1 --enable-dns-hostnames Value=true"]),
        ["no DNS"] = (
            ThroughEndpoint.Change(n => n.Vpcs, Vpc, v => v with { EnableDnsSupport = false }), ["aws ec2 modify-vpc-attribute --vpc-id vpc-1 --enable-dns-support Value=true"]),
        ["RDS for PostgreSQL without custom DNS resolution"] = (ThroughEndpoint.MissingPrivateDns(), [FindPrivateNames]),
        ["RDS for PostgreSQL, an endpoint without private DNS"] = (
            ThroughEndpoint.MissingPrivateDns().Change(n => n.VpcEndpoints, Endpoint, e => e with { PrivateDnsEnabled = false }),
            [$"aws ec2 modify-vpc-endpoint --vpc-endpoint-id {Endpoint} --private-dns-enabled", FindPrivateNames]),
        ["RDS for PostgreSQL through NAT, without a rule"] = (
            ThroughNat.MissingPrivateDns().WithRules(DatabaseGroup), ["aws ec2 authorize-security-group-egress --group-id sg-db --protocol tcp --port 443 --cidr 0.0.0.0/0"]),
        ["RDS for PostgreSQL, nothing leads out"] = (
            Closed.MissingPrivateDns(),
            [
                "aws ec2 create-vpc-endpoint --vpc-id vpc-1 --vpc-endpoint-type Interface --service-name com.amazonaws.us-east-1.lambda --subnet-ids subnet-db --security-group-ids sg-db --private-dns-enabled",
                FindPrivateNames,
                "aws ec2 authorize-security-group-ingress --group-id sg-db --protocol tcp --port 443 --source-group sg-db",
            ]),
        ["nothing leads out"] = (
            Closed,
            [
                "aws ec2 create-vpc-endpoint --vpc-id vpc-1 --vpc-endpoint-type Interface --service-name com.amazonaws.us-east-1.lambda --subnet-ids subnet-db --security-group-ids sg-db --private-dns-enabled",
                "aws ec2 authorize-security-group-ingress --group-id sg-db --protocol tcp --port 443 --source-group sg-db",
            ]),
    };

    [Theory]
    [InlineData("10.1.1.0/24", "aws ec2 delete-route --route-table-id rtb-db --destination-cidr-block 10.1.1.0/24")]
    [InlineData("pl-00000000000000001", "aws ec2 delete-route --route-table-id rtb-db --destination-prefix-list-id pl-00000000000000001")]
    public void Narrower_route_that_leads_away_from_a_peer_is_deleted(string destination, string command)
    {
        Assert.True(ApiHost.TryParse(EndpointName, out var host));
        var broken = destination == OwnList
            ? ThroughPeer.WithList("10.1.1.0/24").WithListRoute(DatabaseTable, RouteTargetKind.InternetGateway, Internet)
            : ThroughPeer.WithRoute(DatabaseTable, destination, RouteTargetKind.InternetGateway, Internet);

        Assert.Equal([command], PathMending.Of(broken, broken.NetworkInterfaces.Find(Database)!, host, database).SelectMany(step => step.Commands));
    }

    [Fact]
    public void Routes_to_a_peer_and_back_are_mended()
    {
        Assert.True(ApiHost.TryParse(EndpointName, out var host));
        var broken = ThroughPeer.WithoutRoutes(DatabaseTable).WithoutRoutes(PeerTable).WithRoute(DatabaseTable, "10.1.1.0/24", RouteTargetKind.InternetGateway, Internet);

        Assert.Equal(
        [
            "aws ec2 delete-route --route-table-id rtb-db --destination-cidr-block 10.1.1.0/24",
            "aws ec2 create-route --route-table-id rtb-db --destination-cidr-block 10.1.0.0/16 --vpc-peering-connection-id pcx-1",
            "aws ec2 create-route --route-table-id rtb-peer --destination-cidr-block 10.0.0.0/16 --vpc-peering-connection-id pcx-1",
        ], PathMending.Of(broken, broken.NetworkInterfaces.Find(Database)!, host, database).SelectMany(step => step.Commands));
    }

    public static TheoryData<string> Cases => [.. cases.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Commands_mend_what_is_broken(string name)
    {
        var (network, commands) = cases[name];

        Assert.Equal(commands, Steps(network).SelectMany(step => step.Commands));
    }

    [Fact]
    public void Every_network_made_by_chance_is_mended()
    {
        for (var seed = 0; seed < 1000; seed++)
        {
            var (network, host) = RandomNetwork.Of(new Random(seed));
            var path = network.Path(host);
            if (host.EndpointId is not null && network.PeeringConnections.All.Any(peering => !peering.IsActive))
                continue; // no network mends a name
            var steps = PathMending.Of(network, network.NetworkInterfaces.Find(Database)!, host, database);
            Assert.Equal(path.IsOpen, steps.IsEmpty);
            Assert.All(steps, step => Assert.NotEmpty(step.Commands));
            Assert.True(steps.Length < 16, $"seed {seed}: {string.Join('\n', steps.SelectMany(step => step.Commands))}");
        }
    }

    [Fact]
    public void Every_hop_has_words()
    {
        foreach (var network in cases.Values.Select(found => found.Network))
        {
            foreach (var hop in network.Path().Hops)
                Assert.EndsWith(".", HopText.Of(hop), StringComparison.Ordinal);
        }
    }

    private static System.Collections.Immutable.ImmutableArray<MendingStep> Steps(Network network) =>
        PathMending.Of(network, network.NetworkInterfaces.Find(Database)!, Networks.Lambda, database);
}
