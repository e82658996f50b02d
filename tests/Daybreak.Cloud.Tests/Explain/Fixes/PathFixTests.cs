using Daybreak.Aws;
using Daybreak.Cloud.Access.Explain;
using Daybreak.Cloud.Ec2.InternetGateways;
using Daybreak.Cloud.Ec2.NetworkAcls;
using Daybreak.Cloud.Ec2.Networks;
using Daybreak.Cloud.Ec2.Reachability;
using Daybreak.Cloud.Ec2.RouteTables;
using Daybreak.Cloud.Ec2.SecurityGroups;
using Daybreak.Cloud.Explain.Fixes;
using Daybreak.Cloud.Tests.Ec2.Reachability;
using Daybreak.Explaining;
using static Daybreak.Cloud.Tests.Ec2.Reachability.SampleNetworks;

namespace Daybreak.Cloud.Tests.Explain.Fixes;

public sealed class PathFixTests
{
    private const string MakePublic = "aws rds modify-db-instance --db-instance-identifier db --publicly-accessible";
    private const string SetGroups = "aws rds modify-db-cluster --db-cluster-identifier db --vpc-security-group-ids";
    private const string EnableHostnames = "aws ec2 modify-vpc-attribute --vpc-id vpc-1 --enable-dns-hostnames Value=true";

    private const string FindPrivateNames =
        "aws rds modify-db-parameter-group --db-parameter-group-name db --parameters "
        + "ParameterName=rds.custom_dns_resolution,ParameterValue=1,ApplyMethod=pending-reboot";

    private const int Rounds = 1000;

    private static readonly SourceCommands DatabaseWords = new(MakePublic, SetGroups, [FindPrivateNames]);

    private static readonly Dictionary<string, (Network Network, string[] Commands)> CasesByName = new()
    {
        ["open"] = (Public, []),
        ["no egress rule"] = (
            Public.WithRules(DatabaseGroup),
            ["aws ec2 authorize-security-group-egress --group-id sg-db --protocol tcp --port 443 --cidr 0.0.0.0/0"]
        ),
        ["no egress rule to an endpoint"] = (
            ThroughEndpoint.WithRules(DatabaseGroup),
            [
                "aws ec2 authorize-security-group-egress --group-id sg-db --ip-permissions "
                    + "'IpProtocol=tcp,FromPort=443,ToPort=443,UserIdGroupPairs=[{GroupId=sg-vpce}]'",
            ]
        ),
        ["endpoint admits nobody"] = (
            ThroughEndpoint.WithRules(EndpointGroup),
            ["aws ec2 authorize-security-group-ingress --group-id sg-vpce --protocol tcp --port 443 --source-group sg-db"]
        ),
        ["ACL without entries"] = (
            Public.WithEntries(DatabaseAcl),
            [
                "aws ec2 create-network-acl-entry --network-acl-id acl-db --egress --rule-number 100 --protocol tcp --port-range "
                    + "From=443,To=443 --cidr-block 0.0.0.0/0 --rule-action allow",
                "aws ec2 create-network-acl-entry --network-acl-id acl-db --ingress --rule-number 100 --protocol tcp --port-range "
                    + "From=1024,To=65535 --cidr-block 0.0.0.0/0 --rule-action allow",
            ]
        ),
        ["ACL that denies first"] = (
            Public.WithEntries(DatabaseAcl, Entry(1, true, false, "-1", "0.0.0.0/0"), Entry(100, false, true, "-1", "0.0.0.0/0")),
            [
                "aws ec2 replace-network-acl-entry --network-acl-id acl-db --egress --rule-number 1 --protocol tcp --port-range "
                    + "From=443,To=443 --cidr-block 0.0.0.0/0 --rule-action allow",
            ]
        ),
        ["ACL of the endpoint's subnet"] = (
            ThroughEndpoint.WithEntries(FarAcl, Entry(100, false, true, "-1", "0.0.0.0/0")),
            [
                "aws ec2 create-network-acl-entry --network-acl-id acl-far --egress --rule-number 100 --protocol tcp --port-range "
                    + "From=1024,To=65535 --cidr-block 10.0.1.0/24 --rule-action allow",
            ]
        ),
        ["no route, public address"] = (
            Public.WithoutRoutes(DatabaseTable),
            ["aws ec2 create-route --route-table-id rtb-db --destination-cidr-block 0.0.0.0/0 --gateway-id igw-1"]
        ),
        ["no route, NAT gateway"] = (
            ThroughNat.WithoutRoutes(DatabaseTable),
            ["aws ec2 create-route --route-table-id rtb-db --destination-cidr-block 0.0.0.0/0 --nat-gateway-id nat-1"]
        ),
        ["route into nothing"] = (
            Public.WithoutRoutes(DatabaseTable).WithRoute(DatabaseTable, "0.0.0.0/0", RouteTargetKind.NatGateway, "nat-gone"),
            ["aws ec2 replace-route --route-table-id rtb-db --destination-cidr-block 0.0.0.0/0 --gateway-id igw-1"]
        ),
        ["narrower route into nothing"] = (
            Public.WithRoute(DatabaseTable, "52.0.0.0/8", RouteTargetKind.NatGateway, "nat-gone"),
            ["aws ec2 delete-route --route-table-id rtb-db --destination-cidr-block 52.0.0.0/8"]
        ),
        ["route of a prefix list into nothing"] = (
            Public.WithList("52.0.0.0/8").WithListRoute(DatabaseTable, RouteTargetKind.NatGateway, "nat-gone"),
            [$"aws ec2 delete-route --route-table-id rtb-db --destination-prefix-list-id {OwnList}"]
        ),
        ["internet gateway detached"] = (
            Public with
            {
                InternetGateways = Resources<InternetGateway>.Of([new InternetGateway { Id = Internet }]),
            },
            ["aws ec2 attach-internet-gateway --internet-gateway-id igw-1 --vpc-id vpc-1"]
        ),
        ["no public address, nor host names, nor resolver"] = (
            Public
                .Change(n => n.NetworkInterfaces, Database, i => i with { PublicIp = null })
                .Change(n => n.Vpcs, Vpc, v => v with { EnableDnsHostnames = false, EnableDnsSupport = false }),
            ["aws ec2 modify-vpc-attribute --vpc-id vpc-1 --enable-dns-support Value=true", EnableHostnames, MakePublic]
        ),
        ["internet gateway in the place of the NAT gateway, no host names"] = (
            ThroughNat
                .WithoutRoutes(DatabaseTable)
                .WithRoute(DatabaseTable, "0.0.0.0/0", RouteTargetKind.InternetGateway, Internet)
                .Change(n => n.Vpcs, Vpc, v => v with { EnableDnsHostnames = false }),
            [EnableHostnames, MakePublic]
        ),
        ["no public address"] = (Public.Change(n => n.NetworkInterfaces, Database, i => i with { PublicIp = null }), [MakePublic]),
        ["NAT gateway without internet"] = (
            ThroughNat.WithoutRoutes(FarTable),
            ["aws ec2 create-route --route-table-id rtb-far --destination-cidr-block 0.0.0.0/0 --gateway-id igw-1"]
        ),
        ["endpoint without private DNS"] = (
            ThroughEndpoint.Change(n => n.VpcEndpoints, Endpoint, e => e with { PrivateDnsEnabled = false }),
            [$"aws ec2 modify-vpc-endpoint --vpc-endpoint-id {Endpoint} --private-dns-enabled"]
        ),
        ["no DNS host names"] = (ThroughEndpoint.Change(n => n.Vpcs, Vpc, v => v with { EnableDnsHostnames = false }), [EnableHostnames]),
        ["no DNS"] = (
            ThroughEndpoint.Change(n => n.Vpcs, Vpc, v => v with { EnableDnsSupport = false }),
            ["aws ec2 modify-vpc-attribute --vpc-id vpc-1 --enable-dns-support Value=true"]
        ),
        ["RDS for PostgreSQL without custom DNS resolution"] = (ThroughEndpoint.MissingPrivateDns(), [FindPrivateNames]),
        ["RDS for PostgreSQL, an endpoint without private DNS"] = (
            ThroughEndpoint.MissingPrivateDns().Change(n => n.VpcEndpoints, Endpoint, e => e with { PrivateDnsEnabled = false }),
            [$"aws ec2 modify-vpc-endpoint --vpc-endpoint-id {Endpoint} --private-dns-enabled", FindPrivateNames]
        ),
        ["RDS for PostgreSQL through NAT, without a rule"] = (
            ThroughNat.MissingPrivateDns().WithRules(DatabaseGroup),
            ["aws ec2 authorize-security-group-egress --group-id sg-db --protocol tcp --port 443 --cidr 0.0.0.0/0"]
        ),
        ["RDS for PostgreSQL, nothing leads out"] = (
            Closed.MissingPrivateDns(),
            [
                "aws ec2 create-vpc-endpoint --vpc-id vpc-1 --vpc-endpoint-type Interface --service-name "
                    + "com.amazonaws.us-east-1.lambda --subnet-ids subnet-db --security-group-ids sg-db --private-dns-enabled",
                FindPrivateNames,
                "aws ec2 authorize-security-group-ingress --group-id sg-db --protocol tcp --port 443 --source-group sg-db",
            ]
        ),
        ["private NAT gateway, endpoint without private DNS"] = (
            (ThroughEndpoint with { NatGateways = ThroughNat.NatGateways })
                .WithRoute(DatabaseTable, "0.0.0.0/0", RouteTargetKind.NatGateway, Nat)
                .Change(n => n.NatGateways, Nat, gateway => gateway with { IsPublic = false, Addresses = [] })
                .Change(n => n.VpcEndpoints, Endpoint, e => e with { PrivateDnsEnabled = false }),
            [$"aws ec2 modify-vpc-endpoint --vpc-endpoint-id {Endpoint} --private-dns-enabled"]
        ),
        ["first group full"] = (
            (Public with { SecurityGroups = Public.SecurityGroups.With(Group("sg-2")) })
                .WithRules(DatabaseGroup, Unrelated(60, isEgress: true))
                .Change(n => n.NetworkInterfaces, Database, i => i with { GroupIds = [DatabaseGroup, "sg-2"] }),
            ["aws ec2 authorize-security-group-egress --group-id sg-2 --protocol tcp --port 443 --cidr 0.0.0.0/0"]
        ),
        ["every group full"] = (
            (Public with { SecurityGroups = Public.SecurityGroups.With(Group("lambda-egress")) }).WithRules(
                DatabaseGroup,
                Unrelated(60, isEgress: true)
            ),
            [
                "group=$(aws ec2 create-security-group --group-name lambda-egress-2 --description lambda-egress-2 --vpc-id vpc-1 "
                    + "--query GroupId --output text)",
                $"{SetGroups} sg-db $group",
            ]
        ),
        ["every group of the endpoint full"] = (
            ThroughEndpoint.WithRules(EndpointGroup, Unrelated(60, isEgress: false)),
            [
                "group=$(aws ec2 create-security-group --group-name lambda-ingress --description lambda-ingress --vpc-id vpc-1 "
                    + "--query GroupId --output text)",
                "aws ec2 authorize-security-group-ingress --protocol tcp --port 443 --source-group sg-db --group-id $group",
                $"aws ec2 modify-vpc-endpoint --vpc-endpoint-id {Endpoint} --add-security-group-ids $group",
            ]
        ),
        ["ACL full, denies in an entry"] = (
            Public.WithEntries(
                DatabaseAcl,
                [Entry(50, true, false, "-1", "0.0.0.0/0"), .. Allowed(18), Entry(100, false, true, "-1", "0.0.0.0/0")]
            ),
            [
                "aws ec2 replace-network-acl-entry --network-acl-id acl-db --egress --rule-number 50 --protocol tcp --port-range "
                    + "From=443,To=443 --cidr-block 0.0.0.0/0 --rule-action allow",
            ]
        ),
        ["ACL full, ends with a denial of what would be denied"] = (
            Public.WithEntries(
                DatabaseAcl,
                [.. Allowed(18), Entry(1000, true, false, "udp", "10.0.0.0/8", 0, 65535), Entry(100, false, true, "-1", "0.0.0.0/0")]
            ),
            [
                "aws ec2 replace-network-acl-entry --network-acl-id acl-db --egress --rule-number 1000 --protocol tcp --port-range "
                    + "From=443,To=443 --cidr-block 0.0.0.0/0 --rule-action allow",
            ]
        ),
        ["nothing leads out"] = (
            Closed,
            [
                "aws ec2 create-vpc-endpoint --vpc-id vpc-1 --vpc-endpoint-type Interface --service-name "
                    + "com.amazonaws.us-east-1.lambda --subnet-ids subnet-db --security-group-ids sg-db --private-dns-enabled",
                "aws ec2 authorize-security-group-ingress --group-id sg-db --protocol tcp --port 443 --source-group sg-db",
            ]
        ),
    };

    [Theory]
    [InlineData("10.1.1.0/24", "aws ec2 delete-route --route-table-id rtb-db --destination-cidr-block 10.1.1.0/24")]
    [InlineData("pl-00000000000000001", "aws ec2 delete-route --route-table-id rtb-db --destination-prefix-list-id pl-00000000000000001")]
    public void Narrower_route_that_leads_away_from_a_peer_is_deleted(string destination, string command)
    {
        Assert.True(ApiHost.TryParse(EndpointName, out var host));
        var broken =
            destination == OwnList
                ? ThroughPeer.WithList("10.1.1.0/24").WithListRoute(DatabaseTable, RouteTargetKind.InternetGateway, Internet)
                : ThroughPeer.WithRoute(DatabaseTable, destination, RouteTargetKind.InternetGateway, Internet);

        Assert.Equal(
            [command],
            PathFix
                .Of(broken, broken.NetworkInterfaces.Find(Database)!, host, InRegion("us-east-1"), DatabaseWords)
                .SelectMany(step => step.Commands)
        );
    }

    [Fact]
    public void Routes_to_a_peer_and_back_are_fixed()
    {
        Assert.True(ApiHost.TryParse(EndpointName, out var host));
        var broken = ThroughPeer
            .WithoutRoutes(DatabaseTable)
            .WithoutRoutes(PeerTable)
            .WithRoute(DatabaseTable, "10.1.1.0/24", RouteTargetKind.InternetGateway, Internet);

        Assert.Equal(
            [
                "aws ec2 delete-route --route-table-id rtb-db --destination-cidr-block 10.1.1.0/24",
                "aws ec2 create-route --route-table-id rtb-db --destination-cidr-block 10.1.0.0/16 --vpc-peering-connection-id pcx-1",
                "aws ec2 create-route --route-table-id rtb-peer --destination-cidr-block 10.0.0.0/16 --vpc-peering-connection-id pcx-1",
            ],
            PathFix
                .Of(broken, broken.NetworkInterfaces.Find(Database)!, host, InRegion("us-east-1"), DatabaseWords)
                .SelectMany(step => step.Commands)
        );
    }

    private static readonly Dictionary<string, (Network Network, string Words)> WithoutRoomByName = new()
    {
        ["groups, and interface"] = (
            (Public with { SecurityGroups = Public.SecurityGroups.With(FullGroups) }).Change(
                n => n.NetworkInterfaces,
                Database,
                i => i with { GroupIds = [.. FullGroups.Select(group => group.Id)] }
            ),
            "The security groups sg-0, sg-1, sg-2, sg-3, sg-4 have no room for another egress rule, nor eni-db for another group: "
                + "revoke a rule."
        ),
        ["group of a new endpoint"] = (
            Closed.WithRules(DatabaseGroup, [.. Unrelated(60, isEgress: false), Rule("sgr-all", true, "-1", null, null, "0.0.0.0/0")]),
            "The VPC vpc-1 needs an endpoint for lambda, and for that a security group that has room for a rule, as none of eni-db has."
        ),
        ["ACL"] = (
            Public.WithEntries(DatabaseAcl, [.. Allowed(19), Entry(100, false, true, "-1", "0.0.0.0/0")]),
            "The network ACL acl-db of subnet-db has no room for another outbound entry: delete one, or give the subnet another ACL."
        ),
    };

    private static IEnumerable<SecurityGroup> FullGroups =>
        Enumerable.Range(0, 5).Select(number => Group($"sg-{number}", Unrelated(60, isEgress: true)));

    public static TheoryData<string> WithoutRoom => [.. WithoutRoomByName.Keys];

    [Theory]
    [MemberData(nameof(WithoutRoom))]
    public void What_has_no_room_is_told_in_words(string name)
    {
        var (network, words) = WithoutRoomByName[name];
        var last = Steps(network)[^1];

        Assert.Equal((words, 0), (last.What, last.Commands.Length));
    }

    [Fact]
    public void Name_that_no_endpoint_answers_to_is_not_fixed_by_one()
    {
        Assert.True(ApiHost.TryParse("lambda.us-east-1.api.aws", out var host));

        Assert.Equal(
            ["aws ec2 create-route --route-table-id rtb-db --destination-cidr-block 0.0.0.0/0 --gateway-id igw-1", MakePublic],
            PathFix
                .Of(Closed, Closed.NetworkInterfaces.Find(Database)!, host, InRegion("us-east-1"), DatabaseWords)
                .SelectMany(step => step.Commands)
        );
    }

    [Fact]
    public void Commands_name_a_Region_that_is_not_the_default()
    {
        var elsewhere = Closed with { Region = "eu-west-1" };
        var host = ApiHost.Of("lambda", AwsRegion.Parse("eu-west-1"));

        var commands = PathFix
            .Of(elsewhere, elsewhere.NetworkInterfaces.Find(Database)!, host, InRegion("eu-west-1"), DatabaseWords)
            .SelectMany(step => step.Commands)
            .ToList();

        Assert.Equal("aws ec2 create-vpc-endpoint --region eu-west-1 --vpc-id vpc-1", string.Join(' ', commands[0].Split(' ')[..7]));
        Assert.All(commands, command => Assert.Contains(" --region eu-west-1 ", command, StringComparison.Ordinal));
    }

    public static TheoryData<string> Cases => [.. CasesByName.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Commands_fix_what_is_broken(string name)
    {
        var (network, commands) = CasesByName[name];

        Assert.Equal(commands, Steps(network).SelectMany(step => step.Commands));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Commands_are_accepted_and_open_the_path(string name)
    {
        var network = CasesByName[name].Network;

        Assert.True(TypedCommands.Run(network, Steps(network).SelectMany(step => step.Commands)).Path().IsOpen);
    }

    [Fact]
    public void Every_network_made_by_chance_is_fixed_by_what_is_printed()
    {
        var told = 0;
        for (var seed = 0; seed < Rounds; seed++)
        {
            var random = new Random(seed);
            var (whole, host) = RandomNetwork.Of(random);
            if (host.EndpointId is not null && whole.PeeringConnections.All.Any(peering => !peering.IsActive))
                continue; // no network fixes a name
            // Some fixes of networks without room for more are sentences only.
            var (network, isFull) = seed % 2 == 0 ? (whole, false) : BrokenNetworks.Of(whole, random);
            var steps = Steps(network, host);
            var commands = steps.SelectMany(step => step.Commands).ToList();
            Assert.Equal(network.Path(host).IsOpen, steps.IsEmpty);
            Assert.True(steps.Length < 16, $"seed {seed}: {string.Join('\n', commands)}");
            if (steps.Any(step => step.Commands.IsEmpty))
            {
                Assert.True(isFull, $"seed {seed}: {steps[^1].What}");
                told++;
                continue;
            }
            try
            {
                Assert.True(
                    TypedCommands.Run(network, commands).Path(host).IsOpen,
                    $"seed {seed}, still shut after: {string.Join('\n', commands)}"
                );
            }
            catch (AwsException refused)
            {
                Assert.Fail($"seed {seed}: {refused.Code}: {refused.Message}\n{string.Join('\n', commands)}");
            }
        }
        Assert.InRange(told, 1, Rounds / 10);
    }

    [Fact]
    public void Every_hop_has_words()
    {
        foreach (var network in CasesByName.Values.Select(found => found.Network))
        {
            foreach (var hop in network.Path().Hops)
                Assert.EndsWith(".", HopText.Of(hop), StringComparison.Ordinal);
        }
    }

    private static System.Collections.Immutable.ImmutableArray<FixStep> Steps(Network network, ApiHost? host = null) =>
        PathFix.Of(network, network.NetworkInterfaces.Find(Database)!, host ?? SampleNetworks.Lambda, InRegion("us-east-1"), DatabaseWords);

    private static RegionalCommands InRegion(string region) => new(region, "us-east-1");

    private static SecurityGroupRule[] Unrelated(int count, bool isEgress) =>
        [.. Enumerable.Range(0, count).Select(number => Rule($"sgr-{number}", isEgress, "tcp", 5432, 5432, $"10.9.{number}.0/24"))];

    private static IEnumerable<NetworkAclEntry> Allowed(int count) =>
        Enumerable
            .Range(0, count)
            .Select(number => Entry(200 + number, isEgress: true, allows: true, "tcp", $"10.9.{number}.0/24", 5432, 5432));
}
