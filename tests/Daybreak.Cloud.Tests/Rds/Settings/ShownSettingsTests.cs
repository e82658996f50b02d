namespace Daybreak.Cloud.Tests.Rds.Settings;

/// <summary>Settings whose effect on AWS cannot be seen from outside: kept, shown and checked.</summary>
[Trait("Pace", "slow")]
public sealed class ShownSettingsTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    [Fact]
    public Task Monitoring_insights_keys_and_zones_are_shown_as_they_were_set() =>
        Boto.RunAsync(cloud.Endpoint, "rds/settings/monitoring_insights_keys_and_zones_are_shown_as_they_were_set.py");

    [Fact]
    public Task Settings_that_do_not_go_together_are_refused_with_the_texts_of_RDS() =>
        Boto.RunAsync(cloud.Endpoint, "rds/settings/settings_that_do_not_go_together_are_refused_with_the_texts_of_rds.py");

    [Fact]
    public Task The_log_of_a_server_goes_to_CloudWatch_Logs_while_that_is_enabled() =>
        Boto.RunAsync(cloud.Endpoint, "rds/settings/the_log_of_a_server_goes_to_cloudwatch_logs_while_that_is_enabled.py");

    [Fact]
    public Task Who_may_not_pass_the_role_of_monitoring_sets_none() =>
        Boto.RunAsync(cloud.Endpoint, "rds/settings/who_may_not_pass_the_role_of_monitoring_sets_none.py");
}
