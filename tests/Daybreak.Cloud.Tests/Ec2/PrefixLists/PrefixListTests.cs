namespace Daybreak.Cloud.Tests.Ec2.PrefixLists;

[Trait("Pace", "slow")]
public sealed class PrefixListTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    [Fact]
    public Task A_list_has_versions_and_stands_in_rules_and_routes() =>
        Boto.RunAsync(cloud.Endpoint, "ec2/prefix_lists/a_list_has_versions_and_stands_in_rules_and_routes.py");

    [Fact]
    public Task A_list_counts_for_as_many_rules_and_routes_as_fit_into_it() =>
        Boto.RunAsync(cloud.Endpoint, "ec2/prefix_lists/a_list_counts_for_as_many_rules_and_routes_as_fit_into_it.py");

    [Fact]
    public Task Bad_lists_are_refused() => Boto.RunAsync(cloud.Endpoint, "ec2/prefix_lists/bad_lists_are_refused.py");
}
