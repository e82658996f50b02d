namespace Daybreak.Cloud.Tests.Rds.MasterPasswords;

/// <summary>Passwords of master users that RDS makes and keeps in Secrets Manager.</summary>
[Trait("Pace", "slow")]
public sealed class ManagedPasswordTests(CloudFixture cloud) : IClassFixture<CloudFixture>, IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("daybreak-test-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public Task RDS_makes_the_password_and_rotation_changes_it() =>
        Boto.RunAsync(cloud.Endpoint, "rds/master_passwords/rds_makes_the_password_and_rotation_changes_it.py");

    [Fact]
    public Task An_instance_alone_has_a_secret_and_requests_that_contradict_themselves_are_refused() =>
        Boto.RunAsync(
            cloud.Endpoint,
            "rds/master_passwords/an_instance_alone_has_a_secret_and_requests_that_contradict_themselves_are_refused.py"
        );

    [Fact]
    public async Task Terraform_applies_a_cluster_without_drift_and_destroys_it()
    {
        File.Copy(Boto.Program("rds/master_passwords/cluster.tf"), Path.Combine(_directory, "cluster.tf"));
        await using var terraform = new Terraform(
            _directory,
            new Dictionary<string, string> { ["endpoint"] = cloud.Endpoint.GetLeftPart(UriPartial.Authority) }
        );
        await terraform.InitializeAsync();

        await terraform.RunAsync("apply", "-auto-approve");
        await terraform.RunAsync("plan", "-detailed-exitcode"); // 2 would be a difference
        Assert.Equal("app_admin", (await terraform.RunAsync("output", "-raw", "user")).Trim());
        await terraform.RunAsync("destroy", "-auto-approve");
    }
}
