namespace Daybreak.Cloud.Tests.Rds.Clusters;

/// <summary>Clusters of real servers, over the system's PostgreSQL.</summary>
[Trait("Pace", "slow")]
public sealed class ClusterTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    [Fact]
    public Task A_cluster_is_a_real_server_whose_master_user_is_no_superuser() =>
        Boto.RunAsync(cloud.Endpoint, "rds/clusters/a_cluster_is_a_real_server_whose_master_user_is_no_superuser.py");

    [Fact]
    public Task Readers_replicate_and_one_takes_over_on_failover() =>
        Boto.RunAsync(cloud.Endpoint, "rds/clusters/readers_replicate_and_one_takes_over_on_failover.py");

    [Fact]
    public Task Parameters_take_effect_at_once_or_with_the_reboot_as_their_kind_says() =>
        Boto.RunAsync(cloud.Endpoint, "rds/clusters/parameters_take_effect_at_once_or_with_the_reboot_as_their_kind_says.py");

    [Fact]
    public Task Data_stays_with_a_cluster_without_instances_and_a_killed_server_comes_back() =>
        Boto.RunAsync(cloud.Endpoint, "rds/clusters/data_stays_with_a_cluster_without_instances_and_a_killed_server_comes_back.py");

    [Fact]
    public Task Bad_clusters_and_instances_are_refused_with_the_codes_and_texts_of_RDS() =>
        Boto.RunAsync(cloud.Endpoint, "rds/clusters/bad_clusters_and_instances_are_refused_with_the_codes_and_texts_of_rds.py");
}
