namespace Daybreak.Cloud.Tests.Rds.Instances;

/// <summary>The engine <c>postgres</c>: instances without a cluster.</summary>
[Trait("Pace", "slow")]
public sealed class StandaloneInstanceTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    [Fact]
    public Task An_instance_is_a_server_of_its_own_and_no_cluster() =>
        Boto.RunAsync(cloud.Endpoint, "rds/instances/an_instance_is_a_server_of_its_own_and_no_cluster.py");

    [Fact]
    public Task Storage_has_the_defaults_of_its_type_and_its_changes_wait() =>
        Boto.RunAsync(cloud.Endpoint, "rds/instances/storage_has_the_defaults_of_its_type_and_its_changes_wait.py");

    [Fact]
    public Task Bad_instances_are_refused_with_the_codes_and_texts_of_RDS() =>
        Boto.RunAsync(cloud.Endpoint, "rds/instances/bad_instances_are_refused_with_the_codes_and_texts_of_rds.py");
}
