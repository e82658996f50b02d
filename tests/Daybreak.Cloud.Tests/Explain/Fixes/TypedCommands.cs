using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Daybreak.Cloud.Ec2.InternetGateways;
using Daybreak.Cloud.Ec2.NetworkAcls;
using Daybreak.Cloud.Ec2.NetworkInterfaces;
using Daybreak.Cloud.Ec2.Networks;
using Daybreak.Cloud.Ec2.Requests;
using Daybreak.Cloud.Ec2.RouteTables;
using Daybreak.Cloud.Ec2.SecurityGroups;
using Daybreak.Cloud.Ec2.VpcEndpoints;
using Daybreak.Cloud.Ec2.Vpcs;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Hosting;
using Daybreak.Cloud.Policy;
using Daybreak.Cloud.Rds;
using Daybreak.Cloud.Tests.Ec2.Reachability;
using Microsoft.Extensions.Time.Testing;

namespace Daybreak.Cloud.Tests.Explain.Fixes;

/// <summary>Runs printed commands as a shell with the aws CLI would: what the operations of EC2 and the rules of RDS make of a network,
/// refusals included.</summary>
internal sealed partial class TypedCommands(Network network)
{
    private readonly Dictionary<string, string> _variables = [];

    /// <exception cref="Daybreak.Aws.AwsException">AWS refuses a command.</exception>
    public static Network Run(Network network, IEnumerable<string> commands)
    {
        var shell = new TypedCommands(network);
        foreach (var command in commands)
            shell.Type(command);
        return shell.Network;
    }

    private Network Network { get; set; } = network;

    private void Type(string line)
    {
        if (Assignment().Match(line) is { Success: true } assigned)
            _variables[assigned.Groups["name"].Value] = Aws(assigned.Groups["command"].Value);
        else
            Aws(line);
    }

    /// <returns>What <c>--query</c> shows.</returns>
    private string Aws(string line)
    {
        var words = Words(line);
        var typed = Options.Of(words.Skip(3));
        switch (string.Join(' ', words.Take(3)))
        {
            case "aws ec2 create-security-group":
                var made = SecurityGroupOperations.Create(
                    new CreateSecurityGroupRequest
                    {
                        GroupName = typed["group-name"],
                        GroupDescription = typed["description"],
                        VpcId = typed["vpc-id"],
                    },
                    Network
                );
                Network = made.After;
                return typed["query"] == "GroupId" ? made.Response.GroupId : "";
            case "aws ec2 authorize-security-group-egress":
                Network = SecurityGroupRuleOperations.AuthorizeEgress(Permissions(typed), Network).After;
                break;
            case "aws ec2 authorize-security-group-ingress":
                Network = SecurityGroupRuleOperations.AuthorizeIngress(Permissions(typed), Network).After;
                break;
            case "aws ec2 create-network-acl-entry":
                Network = NetworkAclOperations.CreateEntry(Entry(typed), Network).After;
                break;
            case "aws ec2 replace-network-acl-entry":
                Network = NetworkAclOperations.ReplaceEntry(Entry(typed), Network).After;
                break;
            case "aws ec2 create-route":
                Network = RouteOperations.Create(Route(typed), Network).After;
                break;
            case "aws ec2 replace-route":
                Network = RouteOperations.Replace(Route(typed), Network).After;
                break;
            case "aws ec2 delete-route":
                Network = RouteOperations
                    .Delete(
                        new DeleteRouteRequest
                        {
                            RouteTableId = typed["route-table-id"],
                            DestinationCidrBlock = typed["destination-cidr-block"],
                            DestinationPrefixListId = typed["destination-prefix-list-id"],
                        },
                        Network
                    )
                    .After;
                break;
            case "aws ec2 attach-internet-gateway":
                Network = InternetGatewayOperations
                    .Attach(
                        new InternetGatewayAttachmentRequest { InternetGatewayId = typed["internet-gateway-id"], VpcId = typed["vpc-id"] },
                        Network
                    )
                    .After;
                break;
            case "aws ec2 modify-vpc-attribute":
                Network = VpcOperations
                    .ModifyAttribute(
                        new ModifyVpcAttributeRequest
                        {
                            VpcId = typed["vpc-id"],
                            EnableDnsSupport = typed.Attribute("enable-dns-support"),
                            EnableDnsHostnames = typed.Attribute("enable-dns-hostnames"),
                        },
                        Network
                    )
                    .After;
                break;
            case "aws ec2 create-vpc-endpoint":
                Network = new VpcEndpointOperations(new FakeTimeProvider(), new Nobody())
                    .Create(
                        new CreateVpcEndpointRequest
                        {
                            VpcId = typed["vpc-id"],
                            VpcEndpointType = typed["vpc-endpoint-type"],
                            ServiceName = typed["service-name"],
                            SubnetIds = typed.All("subnet-ids"),
                            SecurityGroupIds = typed.All("security-group-ids"),
                            PrivateDnsEnabled = typed.Has("private-dns-enabled"),
                        },
                        Network
                    )
                    .After;
                break;
            case "aws ec2 modify-vpc-endpoint":
                Network = new VpcEndpointOperations(new FakeTimeProvider(), new Nobody())
                    .Modify(
                        new ModifyVpcEndpointRequest
                        {
                            VpcEndpointId = typed["vpc-endpoint-id"],
                            AddSecurityGroupIds = typed.All("add-security-group-ids"),
                            PrivateDnsEnabled = typed.Has("private-dns-enabled") ? true : null,
                        },
                        Network
                    )
                    .After;
                break;
            case "aws rds modify-db-instance" when typed.Has("publicly-accessible"):
                Rules.MayBePublic(SampleNetworks.Vpc, Context);
                Place(database => database with { PublicIp = IPAddress.Parse("203.0.113.5") });
                break;
            case "aws rds modify-db-instance" or "aws rds modify-db-cluster" when typed.Has("vpc-security-group-ids"):
                var groups = Rules.SecurityGroups(typed.All("vpc-security-group-ids"), SampleNetworks.Vpc, Context);
                Place(database => database with { GroupIds = NewInterface.Groups(groups, SampleNetworks.Vpc, Network) });
                break;
            case "aws rds modify-db-parameter-group":
                Place(database => database with { MissesPrivateDns = false });
                break;
            default:
                throw new NotSupportedException(line);
        }
        return "";
    }

    private static readonly OperationContext Context = new(
        "444455556666",
        "us-east-1",
        Caller.Root("444455556666", "test"),
        "",
        "",
        CancellationToken.None
    );

    private NetworkRules Rules => new(new DatabaseSubnets((_, _) => Network));

    private void Place(Func<NetworkInterface, NetworkInterface> change) =>
        Network = Network with
        {
            NetworkInterfaces = Network.NetworkInterfaces.With(change(Network.NetworkInterfaces.Find(SampleNetworks.Database)!)),
        };

    private static AuthorizeRequest Permissions(Options typed)
    {
        var permission =
            typed["ip-permissions"] is { } shorthand && Shorthand().Match(shorthand) is { Success: true } match
                ? new IpPermission
                {
                    IpProtocol = "tcp",
                    FromPort = 443,
                    ToPort = 443,
                    Groups = [new UserIdGroupPair { GroupId = match.Groups["group"].Value }],
                }
                : new IpPermission
                {
                    IpProtocol = typed["protocol"],
                    FromPort = typed.Number("port"),
                    ToPort = typed.Number("port"),
                    IpRanges = typed["cidr"] is { } cidr ? [new IpRange { CidrIp = cidr }] : [],
                    Groups = typed["source-group"] is { } source ? [new UserIdGroupPair { GroupId = source }] : [],
                };
        return new AuthorizeRequest { GroupId = typed["group-id"], IpPermissions = [permission] };
    }

    private static NetworkAclEntryRequest Entry(Options typed)
    {
        var ports = PortRange().Match(typed["port-range"]!);
        return new NetworkAclEntryRequest
        {
            NetworkAclId = typed["network-acl-id"],
            RuleNumber = typed.Number("rule-number"),
            Protocol = typed["protocol"],
            RuleAction = typed["rule-action"],
            Egress =
                typed.Has("egress") ? true
                : typed.Has("ingress") ? false
                : null,
            CidrBlock = typed["cidr-block"],
            PortRange = new PortRangeValue
            {
                From = int.Parse(ports.Groups["from"].ValueSpan, CultureInfo.InvariantCulture),
                To = int.Parse(ports.Groups["to"].ValueSpan, CultureInfo.InvariantCulture),
            },
        };
    }

    private static RouteRequest Route(Options typed) =>
        new()
        {
            RouteTableId = typed["route-table-id"],
            DestinationCidrBlock = typed["destination-cidr-block"],
            GatewayId = typed["gateway-id"],
            NatGatewayId = typed["nat-gateway-id"],
            VpcPeeringConnectionId = typed["vpc-peering-connection-id"],
        };

    /// <summary>As a POSIX shell splits them: single quotes, and variables.</summary>
    private List<string> Words(string line)
    {
        var words = new List<string>();
        foreach (Match word in Word().Matches(line))
        {
            var text = new StringBuilder();
            foreach (Match piece in Piece().Matches(word.Value))
                text.Append(
                    piece.Value switch
                    {
                        ['\'', ..] => piece.Value[1..^1],
                        ['\\', ..] => piece.Value[1..],
                        ['$', ..] => _variables[piece.Value[1..]],
                        _ => piece.Value,
                    }
                );
            words.Add(text.ToString());
        }
        return words;
    }

    [GeneratedRegex(@"^(?<name>[a-z]+)=\$\((?<command>.*)\)$")]
    private static partial Regex Assignment();

    [GeneratedRegex(@"('[^']*'|\\.|[^\s'\\])+")]
    private static partial Regex Word();

    [GeneratedRegex(@"'[^']*'|\\.|\$[a-z]+|[^'\\$]+")]
    private static partial Regex Piece();

    [GeneratedRegex(@"^IpProtocol=tcp,FromPort=443,ToPort=443,UserIdGroupPairs=\[\{GroupId=(?<group>[^}]+)\}\]$")]
    private static partial Regex Shorthand();

    [GeneratedRegex("^From=(?<from>[0-9]+),To=(?<to>[0-9]+)$")]
    private static partial Regex PortRange();

    /// <summary>Options with the words that follow them.</summary>
    private sealed class Options
    {
        private readonly Dictionary<string, List<string>> _values = [];

        public static Options Of(IEnumerable<string> words)
        {
            var options = new Options();
            var last = new List<string>();
            foreach (var word in words)
            {
                if (word.StartsWith("--", StringComparison.Ordinal))
                    options._values.Add(word[2..], last = []);
                else
                    last.Add(word);
            }
            return options;
        }

        public string? this[string name] => _values.TryGetValue(name, out var given) ? Assert.Single(given) : null;

        public bool Has(string name) => _values.ContainsKey(name);

        public List<string> All(string name) => _values.GetValueOrDefault(name) ?? [];

        public int? Number(string name) => this[name] is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;

        public AttributeBooleanValue? Attribute(string name) =>
            this[name] is { } text ? AttributeBooleanValue.Of(text == "Value=true") : null;
    }

    private sealed class Nobody : IPrincipalIds
    {
        public string? IdOf(string arn) => null;
    }
}
