namespace Daybreak.Cloud.Tests.FrontDoor;

/// <summary>Each service says in its own words what the keys and values of tags may be.</summary>
[Trait("Pace", "slow")]
public sealed class TagTextTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    [Fact]
    public Task Control_characters_in_tags_are_refused_where_AWS_refuses_them_and_can_be_read_back_elsewhere() =>
        Boto.RunAsync(
            cloud.Endpoint,
            "front_door/control_characters_in_tags_are_refused_where_aws_refuses_them_and_can_be_read_back_elsewhere.py"
        );
}
