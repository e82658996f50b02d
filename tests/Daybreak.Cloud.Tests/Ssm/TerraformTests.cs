namespace Daybreak.Cloud.Tests.Ssm;

/// <summary>The real Terraform with its AWS provider.</summary>
[Trait("Pace", "slow")]
public sealed class TerraformTests(CloudFixture cloud) : IClassFixture<CloudFixture>, IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("daybreak-test-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task Parameters_are_applied_without_drift_and_destroyed()
    {
        File.Copy(Boto.Program("ssm/parameter.tf"), Path.Combine(_directory, "parameter.tf"));
        await using var terraform = new Terraform(
            _directory,
            new Dictionary<string, string> { ["endpoint"] = cloud.Endpoint.GetLeftPart(UriPartial.Authority) }
        );
        await terraform.InitializeAsync();

        await terraform.RunAsync("apply", "-auto-approve");
        await terraform.RunAsync("plan", "-detailed-exitcode"); // 2 would be a difference
        Assert.Equal(2, Parameters());
        await terraform.RunAsync("destroy", "-auto-approve");
        Assert.Equal(0, Parameters());
    }

    private int Parameters() => cloud.Host.Services.Single(static service => service.Name == "ssm").Counts()["parameters"];
}
