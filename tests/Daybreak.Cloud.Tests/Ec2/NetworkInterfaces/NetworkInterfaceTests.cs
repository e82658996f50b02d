namespace Daybreak.Cloud.Tests.Ec2.NetworkInterfaces;

[Trait("Pace", "slow")]
public sealed class NetworkInterfaceTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    [Fact]
    public Task An_interface_has_an_address_groups_and_perhaps_a_public_address() =>
        Boto.RunAsync(cloud.Endpoint, "ec2/network_interfaces/an_interface_has_an_address_groups_and_perhaps_a_public_address.py");

    [Fact]
    public Task Bad_interfaces_are_refused_and_a_full_subnet_has_no_address_left() =>
        Boto.RunAsync(cloud.Endpoint, "ec2/network_interfaces/bad_interfaces_are_refused_and_a_full_subnet_has_no_address_left.py");
}
