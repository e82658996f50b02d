namespace Daybreak.Cloud.Tests.Ec2.NatGateways;

[Trait("Pace", "slow")]
public sealed class NatGatewayTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    [Fact]
    public Task A_gateway_takes_an_address_and_an_interface_and_gives_them_back() =>
        Boto.RunAsync(cloud.Endpoint, "ec2/nat_gateways/a_gateway_takes_an_address_and_an_interface_and_gives_them_back.py");

    [Fact]
    public Task A_gateway_that_cannot_work_fails_and_bad_requests_are_refused() =>
        Boto.RunAsync(cloud.Endpoint, "ec2/nat_gateways/a_gateway_that_cannot_work_fails_and_bad_requests_are_refused.py");
}
