namespace Daybreak.Cloud.Tests.Rds.ParameterGroups;

[Trait("Pace", "slow")]
public sealed class ParameterGroupTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    [Fact]
    public Task Values_of_a_group_are_those_of_the_real_server_until_changed_and_after_a_reset() =>
        Boto.RunAsync(
            cloud.Endpoint,
            "rds/parameter_groups/values_of_a_group_are_those_of_the_real_server_until_changed_and_after_a_reset.py"
        );

    [Fact]
    public Task Custom_DNS_resolution_is_a_parameter_of_RDS_for_PostgreSQL_only() =>
        Boto.RunAsync(cloud.Endpoint, "rds/parameter_groups/custom_dns_resolution_is_a_parameter_of_rds_for_postgresql_only.py");

    [Fact]
    public Task Bad_parameters_are_refused_and_change_nothing() =>
        Boto.RunAsync(cloud.Endpoint, "rds/parameter_groups/bad_parameters_are_refused_and_change_nothing.py");

    [Fact]
    public Task Each_kind_has_its_own_groups_and_a_default_group_for_each_family() =>
        Boto.RunAsync(cloud.Endpoint, "rds/parameter_groups/each_kind_has_its_own_groups_and_a_default_group_for_each_family.py");
}
