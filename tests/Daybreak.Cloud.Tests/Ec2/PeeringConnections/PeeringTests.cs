namespace Daybreak.Cloud.Tests.Ec2.PeeringConnections;

[Trait("Pace", "slow")]
public sealed class PeeringTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    [Fact]
    public Task A_connection_is_asked_for_accepted_routed_over_and_deleted() =>
        Boto.RunAsync(cloud.Endpoint, "ec2/peering_connections/a_connection_is_asked_for_accepted_routed_over_and_deleted.py");

    [Fact]
    public Task Bad_connections_are_refused_or_fail() =>
        Boto.RunAsync(cloud.Endpoint, "ec2/peering_connections/bad_connections_are_refused_or_fail.py");
}
