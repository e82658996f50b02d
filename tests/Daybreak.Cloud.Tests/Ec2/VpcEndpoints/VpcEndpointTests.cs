namespace Daybreak.Cloud.Tests.Ec2.VpcEndpoints;

[Trait("Pace", "slow")]
public sealed class VpcEndpointTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    [Fact]
    public Task An_interface_endpoint_has_an_interface_in_each_subnet_and_names() =>
        Boto.RunAsync(cloud.Endpoint, "ec2/vpc_endpoints/an_interface_endpoint_has_an_interface_in_each_subnet_and_names.py");

    [Fact]
    public Task A_gateway_endpoint_is_a_route_to_a_prefix_list() =>
        Boto.RunAsync(cloud.Endpoint, "ec2/vpc_endpoints/a_gateway_endpoint_is_a_route_to_a_prefix_list.py");

    [Fact]
    public Task Bad_endpoints_are_refused() => Boto.RunAsync(cloud.Endpoint, "ec2/vpc_endpoints/bad_endpoints_are_refused.py");
}
