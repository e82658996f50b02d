namespace Daybreak.Cloud.Tests.Rds;

/// <summary>Databases in the networks of EC2.</summary>
[Trait("Pace", "slow")]
public sealed class NetworkTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    [Fact]
    public Task An_instance_has_an_interface_that_only_RDS_may_take_away() =>
        Boto.RunAsync(cloud.Endpoint, "rds/an_instance_has_an_interface_that_only_rds_may_take_away.py");

    [Fact]
    public Task Networks_that_do_not_fit_are_refused_with_the_codes_and_texts_of_RDS() =>
        Boto.RunAsync(cloud.Endpoint, "rds/networks_that_do_not_fit_are_refused_with_the_codes_and_texts_of_rds.py");
}
