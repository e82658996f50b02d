namespace Daybreak.Cloud.Tests.Ec2.Authorization;

[Trait("Pace", "slow")]
public sealed class AuthorizationTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    [Fact]
    public Task Policies_name_actions_and_resources_of_EC2() =>
        Boto.RunAsync(cloud.Endpoint, "ec2/authorization/policies_name_actions_and_resources_of_ec2.py");

    [Fact]
    public Task A_request_needs_permission_for_what_it_names_for_what_it_makes_and_for_its_tags() =>
        Boto.RunAsync(
            cloud.Endpoint,
            "ec2/authorization/a_request_needs_permission_for_what_it_names_for_what_it_makes_and_for_its_tags.py"
        );

    [Fact]
    public Task Conditions_ask_for_tags_VPC_and_Region_of_a_resource() =>
        Boto.RunAsync(cloud.Endpoint, "ec2/authorization/conditions_ask_for_tags_vpc_and_region_of_a_resource.py");

    [Fact]
    public Task A_denial_can_be_decoded_by_those_who_may() =>
        Boto.RunAsync(cloud.Endpoint, "ec2/authorization/a_denial_can_be_decoded_by_those_who_may.py");
}
