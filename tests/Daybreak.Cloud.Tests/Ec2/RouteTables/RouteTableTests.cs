namespace Daybreak.Cloud.Tests.Ec2.RouteTables;

[Trait("Pace", "slow")]
public sealed class RouteTableTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    [Fact]
    public Task Routes_lead_to_the_gateway_and_are_black_holes_without_it() =>
        Boto.RunAsync(cloud.Endpoint, "ec2/route_tables/routes_lead_to_the_gateway_and_are_black_holes_without_it.py");

    [Fact]
    public Task Associations_are_made_replaced_and_ended_the_main_one_too() =>
        Boto.RunAsync(cloud.Endpoint, "ec2/route_tables/associations_are_made_replaced_and_ended_the_main_one_too.py");

    [Fact]
    public Task Bad_routes_and_references_across_VPCs_are_refused() =>
        Boto.RunAsync(cloud.Endpoint, "ec2/route_tables/bad_routes_and_references_across_vpcs_are_refused.py");
}
