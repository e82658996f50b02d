namespace Daybreak.Cloud.Tests.Ec2.Requests;

/// <summary>Invalid requests and AWS's responses to them, over the wire, one line per request.</summary>
[Trait("Pace", "slow")]
public sealed class BadInputTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    [Fact]
    public Task Unknown_ids_have_the_code_of_their_kind_wherever_they_stand() =>
        Boto.RunAsync(cloud.Endpoint, "ec2/requests/unknown_ids_have_the_code_of_their_kind_wherever_they_stand.py");

    [Fact]
    public Task A_network_is_taken_down_in_its_order_only() =>
        Boto.RunAsync(cloud.Endpoint, "ec2/requests/a_network_is_taken_down_in_its_order_only.py");

    [Fact]
    public Task Nothing_of_one_VPC_stands_in_another() =>
        Boto.RunAsync(cloud.Endpoint, "ec2/requests/nothing_of_one_vpc_stands_in_another.py");

    [Fact]
    public Task Limits_hold_however_they_are_reached() =>
        Boto.RunAsync(cloud.Endpoint, "ec2/requests/limits_hold_however_they_are_reached.py");

    [Fact]
    public Task Only_of_a_default_VPC_what_is_not_there_may_be_revoked() =>
        Boto.RunAsync(cloud.Endpoint, "ec2/requests/only_of_a_default_vpc_what_is_not_there_may_be_revoked.py");

    [Fact]
    public Task Every_documented_filter_is_known_and_no_other() =>
        Boto.RunAsync(cloud.Endpoint, "ec2/requests/every_documented_filter_is_known_and_no_other.py");
}
