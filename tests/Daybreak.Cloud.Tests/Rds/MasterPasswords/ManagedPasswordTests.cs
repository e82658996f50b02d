namespace Daybreak.Cloud.Tests.Rds.MasterPasswords;

/// <summary>Passwords of master users that RDS makes and keeps in Secrets Manager.</summary>
[Trait("Pace", "slow")]
public sealed class ManagedPasswordTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    [Fact]
    public Task RDS_makes_the_password_and_rotation_changes_it() =>
        Boto.RunAsync(cloud.Endpoint, "rds/master_passwords/rds_makes_the_password_and_rotation_changes_it.py");

    [Fact]
    public Task An_instance_alone_has_a_secret_and_requests_that_contradict_themselves_are_refused() =>
        Boto.RunAsync(
            cloud.Endpoint,
            "rds/master_passwords/an_instance_alone_has_a_secret_and_requests_that_contradict_themselves_are_refused.py"
        );
}
