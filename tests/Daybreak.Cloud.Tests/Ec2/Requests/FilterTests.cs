namespace Daybreak.Cloud.Tests.Ec2.Requests;

/// <summary>Which filters each list has that others have as well, and that they find what they should.</summary>
[Trait("Pace", "slow")]
public sealed class FilterTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    // As the EC2 API Reference has them, operation by operation.
    private static readonly (string Operation, string Filters)[] Documented =
    [
        // tag-value was in the reference beside tag-key until 2018, and has to be taken from who wrote by it.
        ("describe_addresses", "tag:Owner tag-key tag-value"),
        ("describe_availability_zones", ""),
        ("describe_dhcp_options", "owner-id tag:Owner tag-key tag-value"),
        ("describe_egress_only_internet_gateways", "tag:Owner tag-key tag-value"),
        ("describe_internet_gateways", "owner-id tag:Owner tag-key tag-value"),
        ("describe_managed_prefix_lists", "owner-id tag:Owner"), // tags: see PrefixListOperations
        ("describe_nat_gateways", "tag:Owner tag-key tag-value"),
        ("describe_network_acls", "owner-id tag:Owner tag-key tag-value"),
        ("describe_network_interfaces", "owner-id tag:Owner tag-key tag-value"),
        ("describe_prefix_lists", ""),
        ("describe_regions", ""),
        ("describe_route_tables", "owner-id tag:Owner tag-key tag-value"),
        ("describe_security_group_rules", "tag:Owner"),
        ("describe_security_groups", "owner-id tag:Owner tag-key tag-value"),
        ("describe_subnets", "owner-id tag:Owner tag-key tag-value"),
        ("describe_tags", "tag:Owner"),
        ("describe_vpc_endpoint_services", "tag:Owner tag-key tag-value"),
        ("describe_vpc_endpoints", "tag:Owner tag-key tag-value"),
        ("describe_vpc_peering_connections", "tag:Owner tag-key tag-value"),
        ("describe_vpcs", "owner-id tag:Owner tag-key tag-value"),
    ];

    // One of them is a filter of each list.
    private static readonly string[] DocumentedNames =
    [
        "tag-key",
        "zone-name",
        "region-name",
        "prefix-list-id",
        "group-id",
        "resource-id",
        "service-name",
    ];

    [Fact]
    public async Task Each_list_has_the_filters_of_its_reference_and_no_others()
    {
        var lines = await Ec2Client.RunAsync(
            cloud.Endpoint,
            """
            for operation in sys.argv[1:]:
                told = {name: refused(operation, Filters=[{'Name': name, 'Values': ['x']}]) for name in ('owner-id', 'tag:Owner', 'tag-key', 'tag-value', 'tag', 'no-such')}
                assert all(text in ('not refused', f"400 InvalidParameterValue: The filter '{name}' is invalid") for name, text in told.items()), told
                print(' '.join([operation] + [name for name, text in told.items() if text == 'not refused']))
            """,
            [.. Documented.Select(one => one.Operation)]
        );

        Assert.Equal(Documented.Select(one => $"{one.Operation} {one.Filters}".TrimEnd()), lines);
    }

    [Fact]
    public async Task A_filter_without_a_name_is_refused_and_one_without_values_finds_nothing()
    {
        // AWS's own: getmoto/moto#8570 and aws/aws-sdk-js-v3#6063, whose client writes an empty list so.
        using var ec2 = new Ec2Wire(cloud.Endpoint);
        foreach (
            var action in Documented.Select(one =>
                string.Concat(one.Operation.Split('_').Select(static word => char.ToUpperInvariant(word[0]) + word[1..]))
            )
        )
        {
            foreach (var nameless in new[] { "Filter=", "Filter.1.Value.1=x", "Filter.1.Name=&Filter.1.Value.1=x" })
            {
                var name = nameless.Contains("Name", StringComparison.Ordinal) ? "" : "null";
                Assert.Equal(
                    (action, $"InvalidParameterValue: The filter '{name}' is invalid"),
                    (action, (await ec2.SendAsync(action, nameless)).Refusal)
                );
            }
            foreach (var valueless in new[] { "", "&Filter.1.Value=" })
            {
                var asked = DocumentedNames.Select(name => $"Filter.1.Name={name}{valueless}").ToList();
                var answers = await Task.WhenAll(asked.Select(one => ec2.SendAsync(action, one)));
                var taken = answers.Where(static answer => answer.Refusal is null).ToList();
                Assert.True(taken.Count > 0, action);
                Assert.All(taken, answer => Assert.Equal((action, 0), (action, answer.Items)));
            }
        }
    }

    [Fact]
    public async Task Owners_and_tags_find_what_has_them()
    {
        var lines = await Ec2Client.RunAsync(
            cloud.Endpoint,
            """
            ec2 = client('ec2', 'eu-west-3')
            tags = lambda kind: [{'ResourceType': kind, 'Tags': [{'Key': 'Owner', 'Value': 'TeamA'}, {'Key': 'Empty', 'Value': ''}]}]
            v = ec2.create_vpc(CidrBlock='10.0.0.0/16', TagSpecifications=tags('vpc'))['Vpc']['VpcId']
            s = ec2.create_subnet(VpcId=v, CidrBlock='10.0.1.0/24', TagSpecifications=tags('subnet'))['Subnet']['SubnetId']
            g = ec2.create_security_group(GroupName='g', Description='d', VpcId=v, TagSpecifications=tags('security-group'))['GroupId']
            a = ec2.allocate_address(TagSpecifications=tags('elastic-ip'))['AllocationId']; ec2.allocate_address()
            igw = ec2.create_internet_gateway(TagSpecifications=tags('internet-gateway'))['InternetGateway']['InternetGatewayId']
            eigw = ec2.create_egress_only_internet_gateway(VpcId=v, TagSpecifications=tags('egress-only-internet-gateway'))['EgressOnlyInternetGateway']['EgressOnlyInternetGatewayId']
            lists = [('describe_vpcs', 'Vpcs', 'VpcId', v), ('describe_subnets', 'Subnets', 'SubnetId', s), ('describe_security_groups', 'SecurityGroups', 'GroupId', g),
                ('describe_addresses', 'Addresses', 'AllocationId', a), ('describe_internet_gateways', 'InternetGateways', 'InternetGatewayId', igw),
                ('describe_egress_only_internet_gateways', 'EgressOnlyInternetGateways', 'EgressOnlyInternetGatewayId', eigw)]
            for operation, member, key, made in lists:
                def found(name, value): return [x[key] for x in getattr(ec2, operation)(Filters=[{'Name': name, 'Values': [value]}])[member]]
                print(operation, *(found(*f) == [made] for f in (('tag:Owner', 'TeamA'), ('tag:Empty', ''), ('tag:Empty', '*'), ('tag-key', 'Own*'))), found('tag:Owner', 'teama'), found('tag:Empty', '?'), found('tag-key', 'TeamA'))
            ids = lambda owner: [x['VpcId'] for x in ec2.describe_vpcs(Filters=[{'Name': 'owner-id', 'Values': [owner]}])['Vpcs']]
            print(v in ids('444455556666'), ids('111122223333'))
            """
        );

        Assert.Equal(
            [
                "describe_vpcs True True True True [] [] []",
                "describe_subnets True True True True [] [] []",
                "describe_security_groups True True True True [] [] []",
                "describe_addresses True True True True [] [] []",
                "describe_internet_gateways True True True True [] [] []",
                "describe_egress_only_internet_gateways True True True True [] [] []",
                "True []",
            ],
            lines
        );
    }
}
