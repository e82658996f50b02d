namespace Daybreak.Cloud.Tests.Iam;

/// <summary>Every constraint that the model of AWS's own client has for a member of a request, broken one kind after the other.</summary>
[Trait("Pace", "slow")]
public sealed class ConstraintTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    [Fact]
    public Task Every_member_is_held_to_the_constraints_of_AWSs_model() =>
        Boto.RunAsync(cloud.Endpoint, "iam/every_member_is_held_to_the_constraints_of_awss_model.py");

    [Fact]
    public Task Names_and_paths_that_AWS_keeps_for_itself_are_refused_by_their_own_rule() =>
        Boto.RunAsync(cloud.Endpoint, "iam/names_and_paths_that_aws_keeps_for_itself_are_refused_by_their_own_rule.py");
}
