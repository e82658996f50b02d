namespace Daybreak.Cloud.Tests.Logs;

/// <summary>The real Terraform with its AWS provider.</summary>
[Trait("Pace", "slow")]
public sealed class TerraformTests(CloudFixture cloud) : IClassFixture<CloudFixture>, IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("daybreak-test-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task A_log_group_is_applied_without_drift_and_destroyed()
    {
        File.Copy(Boto.Program("logs/group.tf"), Path.Combine(_directory, "group.tf"));
        await using var terraform = new Terraform(
            _directory,
            new Dictionary<string, string> { ["endpoint"] = cloud.Endpoint.GetLeftPart(UriPartial.Authority) }
        );
        await terraform.InitializeAsync();

        await terraform.RunAsync("apply", "-auto-approve");
        await terraform.RunAsync("plan", "-detailed-exitcode"); // 2 would be a difference
        Assert.Equal(1, Groups());
        await terraform.RunAsync("destroy", "-auto-approve");
        Assert.Equal(0, Groups());
    }

    private int Groups() => cloud.Host.Services.Single(static service => service.Name == "logs").Counts()["logGroups"];
}
