namespace Daybreak.Cloud.Tests.Ec2.Tags;

[Trait("Pace", "slow")]
public sealed class TagTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    [Fact]
    public Task Everything_can_have_tags() => Boto.RunAsync(cloud.Endpoint, "ec2/tags/everything_can_have_tags.py");

    [Fact]
    public Task Tags_are_found_by_each_of_their_filters() =>
        Boto.RunAsync(cloud.Endpoint, "ec2/tags/tags_are_found_by_each_of_their_filters.py");

    [Fact]
    public Task Bad_tags_are_refused_and_nothing_is_tagged() =>
        Boto.RunAsync(cloud.Endpoint, "ec2/tags/bad_tags_are_refused_and_nothing_is_tagged.py");
}
