namespace Daybreak.Cloud.Tests.Iam;

/// <summary>IAM as boto3 sees it.</summary>
[Trait("Pace", "slow")]
public sealed class IamTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    [Fact]
    public Task Managed_policies_have_versions_limits_and_conflicts() =>
        Boto.RunAsync(cloud.Endpoint, "iam/managed_policies_have_versions_limits_and_conflicts.py");

    [Fact]
    public Task Policies_of_AWS_are_there_and_nobody_changes_them() =>
        Boto.RunAsync(cloud.Endpoint, "iam/policies_of_aws_are_there_and_nobody_changes_them.py");

    [Fact]
    public Task Every_policy_of_AWS_can_be_attached_and_evaluated() =>
        Boto.RunAsync(cloud.Endpoint, "iam/every_policy_of_aws_can_be_attached_and_evaluated.py");

    [Fact]
    public Task Roles_live_and_die_by_the_rules() => Boto.RunAsync(cloud.Endpoint, "iam/roles_live_and_die_by_the_rules.py");

    [Fact]
    public Task Users_groups_and_keys() => Boto.RunAsync(cloud.Endpoint, "iam/users_groups_and_keys.py");

    [Fact]
    public Task Simulation_tells_what_would_happen_and_why() =>
        Boto.RunAsync(cloud.Endpoint, "iam/simulation_tells_what_would_happen_and_why.py");
}
