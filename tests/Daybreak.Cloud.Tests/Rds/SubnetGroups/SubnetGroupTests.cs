namespace Daybreak.Cloud.Tests.Rds.SubnetGroups;

[Trait("Pace", "slow")]
public sealed class SubnetGroupTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    [Fact]
    public Task A_group_is_read_back_as_it_was_asked_for_then_changed_and_deleted() =>
        Boto.RunAsync(cloud.Endpoint, "rds/subnet_groups/a_group_is_read_back_as_it_was_asked_for_then_changed_and_deleted.py");

    [Fact]
    public Task Bad_groups_are_refused_with_the_codes_and_texts_of_RDS() =>
        Boto.RunAsync(cloud.Endpoint, "rds/subnet_groups/bad_groups_are_refused_with_the_codes_and_texts_of_rds.py");
}
