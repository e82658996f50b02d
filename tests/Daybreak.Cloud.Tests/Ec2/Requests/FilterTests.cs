namespace Daybreak.Cloud.Tests.Ec2.Requests;

/// <summary>Tests the filters that several lists have, and their results.</summary>
[Trait("Pace", "slow")]
public sealed class FilterTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    // The filters of each operation in the EC2 API Reference.
    private static readonly (string Operation, string Filters)[] Documented =
    [
        // The API Reference had tag-value beside tag-key until 2018, so older programs still use it.
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
    public Task Each_list_has_the_filters_of_its_reference_and_no_others() =>
        Boto.RunAsync(
            cloud.Endpoint,
            "ec2/requests/each_list_has_the_filters_of_its_reference_and_no_others.py",
            [.. Documented.Select(one => $"{one.Operation} {one.Filters}".TrimEnd())]
        );

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
    public Task Owners_and_tags_find_what_has_them() => Boto.RunAsync(cloud.Endpoint, "ec2/requests/owners_and_tags_find_what_has_them.py");
}
