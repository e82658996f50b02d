namespace Daybreak.Cloud.Tests.Rds.Instances;

/// <summary>When modifications take effect.</summary>
[Trait("Pace", "slow")]
public sealed class ModificationTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    [Fact]
    public Task A_password_changed_while_no_instance_runs_is_that_of_the_next_one_and_one_changed_in_SQL_stays() =>
        Boto.RunAsync(
            cloud.Endpoint,
            "rds/instances/a_password_changed_while_no_instance_runs_is_that_of_the_next_one_and_one_changed_in_sql_stays.py"
        );

    [Fact]
    public Task An_instance_changes_at_once_or_in_its_window_and_takes_changes_back() =>
        Boto.RunAsync(cloud.Endpoint, "rds/instances/an_instance_changes_at_once_or_in_its_window_and_takes_changes_back.py");

    [Fact]
    public Task Of_a_cluster_only_the_password_waits_for_the_window() =>
        Boto.RunAsync(cloud.Endpoint, "rds/instances/of_a_cluster_only_the_password_waits_for_the_window.py");
}
