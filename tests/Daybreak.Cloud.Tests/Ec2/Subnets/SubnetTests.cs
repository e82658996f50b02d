namespace Daybreak.Cloud.Tests.Ec2.Subnets;

[Trait("Pace", "slow")]
public sealed class SubnetTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    [Fact]
    public Task A_subnet_is_read_back_as_it_was_asked_for_then_changed_and_deleted() =>
        Boto.RunAsync(cloud.Endpoint, "ec2/subnets/a_subnet_is_read_back_as_it_was_asked_for_then_changed_and_deleted.py");

    [Fact]
    public Task Bad_subnets_are_refused_with_the_codes_and_texts_of_EC2() =>
        Boto.RunAsync(cloud.Endpoint, "ec2/subnets/bad_subnets_are_refused_with_the_codes_and_texts_of_ec2.py");
}
