using System.Globalization;
using Daybreak.Cloud.Ec2;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.FrontDoor.Shapes;
using Daybreak.Cloud.Policy;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Tests.Ec2.Requests;

/// <summary>
/// Every identifier of every operation that is served, taken from the requests themselves: empty, no id, of another kind, of what there is
/// not.
/// </summary>
public sealed class IdentifierTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    private const string Missing = "MissingParameter: The request must contain the parameter ";
    private const string Tcp = "IpPermissions.1.IpProtocol=tcp&IpPermissions.1.FromPort=1&IpPermissions.1.ToPort=1";

    // Accounts and zones.
    private static readonly string[] OfOtherThings =
    [
        "AvailabilityZoneId",
        "PeerOwnerId",
        "SourceSecurityGroupOwnerId",
        "UserId",
        "ZoneId",
    ];

    // Other parameters that an operation needs before it checks its identifiers.
    private static readonly Dictionary<string, string> Others = new()
    {
        ["AssociateAddress"] = "AllocationId={eip}&NetworkInterfaceId={eni}",
        ["AssociateDhcpOptions"] = "VpcId={vpc}&DhcpOptionsId={dopt}",
        ["AssociateRouteTable"] = "RouteTableId={rtb}&SubnetId={subnet}",
        ["AttachInternetGateway"] = "InternetGatewayId={igw}&VpcId={vpc}",
        ["AuthorizeSecurityGroupEgress"] = $"GroupId={{sg}}&{Tcp}",
        ["AuthorizeSecurityGroupIngress"] = $"GroupId={{sg}}&{Tcp}",
        ["CreateNatGateway"] = "SubnetId={subnet}&AllocationId={eip}",
        ["CreateNetworkInterface"] = "SubnetId={subnet}",
        ["CreateRoute"] = "RouteTableId={rtb}&DestinationCidrBlock=10.9.0.0/16",
        ["CreateRoute.EgressOnlyInternetGatewayId"] = "RouteTableId={rtb}&DestinationIpv6CidrBlock=::/0",
        ["CreateRoute.DestinationPrefixListId"] = "RouteTableId={rtb}",
        ["CreateSecurityGroup"] = "GroupName=g&GroupDescription=d",
        ["CreateTags"] = "Tag.1.Key=a&Tag.1.Value=b",
        ["CreateVpcEndpoint"] = "VpcId={vpc}&ServiceName=com.amazonaws.us-east-1.dynamodb",
        ["CreateVpcEndpoint.SecurityGroupId"] =
            "VpcId={vpc}&ServiceName=com.amazonaws.us-east-1.logs&VpcEndpointType=Interface&SubnetId.1={subnet}",
        ["CreateVpcEndpoint.SubnetId"] = "VpcId={vpc}&ServiceName=com.amazonaws.us-east-1.logs&VpcEndpointType=Interface",
        ["CreateVpcPeeringConnection"] = "VpcId={vpc}&PeerVpcId={vpc}",
        ["DeleteRoute"] = "RouteTableId={rtb}",
        ["DetachInternetGateway"] = "InternetGatewayId={igw}&VpcId={vpc}",
        ["ModifyNetworkInterfaceAttribute"] = "NetworkInterfaceId={eni}",
        ["ModifySecurityGroupRules"] =
            "GroupId={sg}&SecurityGroupRule.1.SecurityGroupRuleId={sgr}&SecurityGroupRule.1.SecurityGroupRule.IpProtocol=-1",
        ["ModifyVpcEndpoint"] = "VpcEndpointId={vpce}",
        ["ModifyVpcEndpoint.AddRouteTableId"] = "VpcEndpointId={gateway}",
        ["ModifyVpcEndpoint.RemoveRouteTableId"] = "VpcEndpointId={gateway}",
        ["ReplaceNetworkAclAssociation"] = "AssociationId={aclassoc}&NetworkAclId={acl}",
        ["ReplaceRoute"] = "RouteTableId={rtb}&DestinationCidrBlock=0.0.0.0/0",
        ["ReplaceRoute.EgressOnlyInternetGatewayId"] = "RouteTableId={rtb}&DestinationIpv6CidrBlock=::/0",
        ["ReplaceRoute.DestinationPrefixListId"] = "RouteTableId={rtb}",
        ["ReplaceRouteTableAssociation"] = "AssociationId={rtbassoc}&RouteTableId={rtb}",
        ["RestoreManagedPrefixListVersion"] = "PreviousVersion=1&CurrentVersion=1",
        ["RevokeSecurityGroupEgress"] = $"GroupId={{sg}}&{Tcp}",
        ["RevokeSecurityGroupEgress.SecurityGroupRuleId"] = "GroupId={sg}",
        ["RevokeSecurityGroupIngress"] = $"GroupId={{sg}}&{Tcp}",
        ["RevokeSecurityGroupIngress.SecurityGroupRuleId"] = "GroupId={sg}",
        ["UpdateSecurityGroupRuleDescriptionsEgress"] = $"GroupId={{sg}}&{Tcp}",
        ["UpdateSecurityGroupRuleDescriptionsIngress"] = $"GroupId={{sg}}&{Tcp}",
    };

    private const string OneTarget =
        "InvalidParameterCombination: The request must contain exactly one of gatewayId, egressOnlyInternetGatewayId, natGatewayId, "
        + "networkInterfaceId, vpcPeeringConnectionId";
    private const string WouldSucceed = "DryRunOperation: Request would have succeeded, but DryRun flag is set.";

    // What is shown of a group in a peer VPC, and comes back when a client repeats what it was shown.
    private static readonly string[] Repeated = ["IpPermissions.Groups.VpcId", "IpPermissions.Groups.VpcPeeringConnectionId"];

    // Operations whose response differs from that of the kind.
    private static readonly (string Operation, string Path, string How, string Answer)[] Exceptions =
    [
        // Empty is absent, where something else may stand for it
        ("Route", "DestinationPrefixListId", "empty", Missing + "destinationCidrBlock"),
        ("Route", "GatewayId", "empty", OneTarget),
        ("Route", "EgressOnlyInternetGatewayId", "empty", OneTarget),
        ("Route", "NatGatewayId", "empty", OneTarget),
        ("Route", "NetworkInterfaceId", "empty", OneTarget),
        ("Route", "VpcPeeringConnectionId", "empty", OneTarget),
        ("AssociateAddress", "InstanceId", "empty", WouldSucceed),
        ("SecurityGroupEgress", "GroupId", "empty", Missing + "groupName or groupId"),
        ("SecurityGroupIngress", "GroupId", "empty", Missing + "groupName or groupId"),
        ("DescriptionsEgress", "GroupId", "empty", Missing + "groupName or groupId"),
        ("DescriptionsIngress", "GroupId", "empty", Missing + "groupName or groupId"),
        ("ModifySecurityGroupRules", "SecurityGroupRule.SecurityGroupRule.ReferencedGroupId", "empty", Missing + "groupId"),
        ("DeleteSecurityGroup", "GroupId", "empty", Missing + "groupName or groupId"),
        ("CreateSecurityGroup", "VpcId", "empty", "InvalidVpcID.NotFound: The vpc ID '' does not exist"),
        (
            "CreateNatGateway",
            "AllocationId",
            "empty",
            "MissingParameter: The request must include the AllocationId parameter. Add the required parameter and retry the request."
        ),
        // No refusal: the list leaves it out, the connection is shown as failed
        ("DescribeEgressOnlyInternetGateways", "EgressOnlyInternetGatewayId", "gone", WouldSucceed),
        ("CreateVpcPeeringConnection", "PeerVpcId", "gone", WouldSucceed),
        // Groups may be tagged too
        ("Tags", "ResourceId", "of another kind", "InvalidGroup.NotFound: The security group 'sg-0123456789abcdef0' does not exist"),
    ];

    [Fact]
    public async Task Every_identifier_of_every_operation_is_refused_by_the_code_of_its_kind()
    {
        using var ec2 = new Ec2Wire(cloud.Endpoint);
        var made = await MadeAsync(ec2);
        var wrong = new List<string>();
        var asked = 0;
        foreach (var operation in await ServedAsync())
        {
            foreach (var (path, member, isItem) in Identifiers(operation.Request, ""))
            {
                var place = path.Replace(".1", "", StringComparison.Ordinal);
                if (Repeated.Contains(place))
                    continue;
                var name = $"{operation.Name}.{place}";
                if (!(IdentifierKind.All.TryGetValue(name, out var kind) || IdentifierKind.All.TryGetValue(member, out kind)))
                {
                    wrong.Add($"{name}: of which kind is it?");
                    continue;
                }
                var dry = operation.Name == "DeleteVpcEndpoints" ? "" : "&DryRun=true"; // its refusals stand in its answer
                var also = made.Aggregate(
                    Others.GetValueOrDefault(name) ?? Others.GetValueOrDefault(operation.Name, ""),
                    static (text, one) => text.Replace($"{{{one.Key}}}", one.Value)
                );
                foreach (var (how, value) in Bad(kind))
                {
                    var parameters = also.Split('&')
                        .Where(one => one.Length > 0 && !one.StartsWith(path + "=", StringComparison.Ordinal))
                        .Append($"{path}={value}");
                    var answer = (await ec2.SendAsync(operation.Name, string.Join('&', parameters) + dry)).Refusal;
                    var expected =
                        Exceptions
                            .FirstOrDefault(one =>
                                operation.Name.EndsWith(one.Operation, StringComparison.Ordinal) && one.Path == place && one.How == how
                            )
                            .Answer
                        ?? Expected(kind, member, value, how, isItem);
                    asked++;
                    if (answer != expected)
                        wrong.Add($"{name} {how}: {answer}\n    not {expected}");
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.True(asked > 300, $"{asked}");
    }

    private static async Task<IReadOnlyList<AwsOperation>> ServedAsync()
    {
        var directory = Directory.CreateTempSubdirectory("daybreak-ec2-");
        try
        {
            await using var store = StateStore.Open(directory.FullName);
            using var service = new Ec2Service(store, new Nobody(), TimeProvider.System);
            return [.. service.Description.Operations.Where(static operation => !operation.IsRefused)];
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static IEnumerable<(string How, string Value)> Bad(IdentifierKind kind) =>
        [
            ("empty", ""),
            ("no id", "x"),
            ("of another kind", kind.Prefix == "sg" ? "vpc-0123456789abcdef0" : "sg-0123456789abcdef0"),
            ("gone", $"{kind.Prefix}-0123456789abcdef0"),
        ];

    private static string Expected(IdentifierKind kind, string member, string value, string how, bool isItem) =>
        how == "empty" && !isItem
            ? Missing + char.ToLowerInvariant(member[0]) + member[1..]
            : string.Format(
                CultureInfo.InvariantCulture,
                how == "gone" ? kind.NotFound : kind.Malformed ?? kind.NotFound,
                value,
                kind.Prefix
            );

    /// <summary>The parameters as written in a form, with the items of lists.</summary>
    private static IEnumerable<(string Path, string Member, bool IsItem)> Identifiers(StructureShape request, string before)
    {
        foreach (var member in request.Members.Where(static member => !member.IsNotImplemented))
        {
            var path = before + member.Name;
            switch (member.Shape)
            {
                case ScalarShape { Kind: ScalarKind.String } when IsIdentifier(member):
                    yield return (path, member.Name, false);
                    break;
                case ListShape { Item: ScalarShape { Kind: ScalarKind.String } } when IsIdentifier(member):
                    yield return (path + ".1", member.Name, true);
                    break;
                case StructureShape inner:
                    foreach (var one in Identifiers(inner, path + "."))
                        yield return one;
                    break;
                case ListShape { Item: StructureShape inner }:
                    foreach (var one in Identifiers(inner, path + ".1."))
                        yield return one;
                    break;
            }
        }
    }

    private static bool IsIdentifier(Member member) =>
        (member.Name.EndsWith("Id", StringComparison.Ordinal) || member.Name.EndsWith("Ids", StringComparison.Ordinal))
        && !OfOtherThings.Contains(member.Name);

    /// <summary>One resource of each kind that operations need beside the tested one.</summary>
    private static async Task<Dictionary<string, string>> MadeAsync(Ec2Wire ec2)
    {
        async Task<string> Made(string action, string element, string parameters = "") =>
            (await ec2.SendAsync(action, parameters)).First(element)!;

        var vpc = await Made("DescribeVpcs", "vpcId");
        var subnet = await Made("DescribeSubnets", "subnetId");
        return new Dictionary<string, string>
        {
            ["vpc"] = vpc,
            ["subnet"] = subnet,
            ["igw"] = await Made("DescribeInternetGateways", "internetGatewayId"),
            ["rtb"] = await Made("DescribeRouteTables", "routeTableId"),
            ["rtbassoc"] = await Made("DescribeRouteTables", "routeTableAssociationId"),
            ["sg"] = await Made("DescribeSecurityGroups", "groupId"),
            ["sgr"] = await Made("DescribeSecurityGroupRules", "securityGroupRuleId"),
            ["acl"] = await Made("DescribeNetworkAcls", "networkAclId"),
            ["aclassoc"] = await Made("DescribeNetworkAcls", "networkAclAssociationId"),
            ["dopt"] = await Made("DescribeDhcpOptions", "dhcpOptionsId"),
            ["eip"] = await Made("AllocateAddress", "allocationId"),
            ["eni"] = await Made("CreateNetworkInterface", "networkInterfaceId", $"SubnetId={subnet}"),
            ["gateway"] = await Made("CreateVpcEndpoint", "vpcEndpointId", $"VpcId={vpc}&ServiceName=com.amazonaws.us-east-1.s3"),
            ["vpce"] = await Made(
                "CreateVpcEndpoint",
                "vpcEndpointId",
                $"VpcId={vpc}&ServiceName=com.amazonaws.us-east-1.lambda&VpcEndpointType=Interface&PrivateDnsEnabled=false"
            ),
        };
    }

    private sealed class Nobody : IPrincipalIds
    {
        public string? IdOf(string arn) => null;
    }
}
