namespace Daybreak.Cloud.Tests.Ec2.SecurityGroups;

[Trait("Pace", "slow")]
public sealed class SecurityGroupTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    [Fact]
    public Task Rules_are_authorized_changed_and_revoked_by_permission_and_by_id() =>
        Boto.RunAsync(cloud.Endpoint, "ec2/security_groups/rules_are_authorized_changed_and_revoked_by_permission_and_by_id.py");

    [Fact]
    public Task Names_of_groups_are_those_of_the_default_VPC_whichever_VPC_the_rule_is_in() =>
        Boto.RunAsync(cloud.Endpoint, "ec2/security_groups/names_of_groups_are_those_of_the_default_vpc_whichever_vpc_the_rule_is_in.py");

    [Fact]
    public Task Bad_groups_and_deletion_in_the_wrong_order_are_refused() =>
        Boto.RunAsync(cloud.Endpoint, "ec2/security_groups/bad_groups_and_deletion_in_the_wrong_order_are_refused.py");

    [Fact]
    public Task Bad_rules_are_refused_with_the_codes_and_texts_of_EC2() =>
        Boto.RunAsync(cloud.Endpoint, "ec2/security_groups/bad_rules_are_refused_with_the_codes_and_texts_of_ec2.py");
}
