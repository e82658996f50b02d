namespace Daybreak.Cloud.Tests.Kms;

/// <summary>KMS by boto3 and Terraform.</summary>
[Trait("Pace", "slow")]
public sealed class KeyTests(CloudFixture cloud) : IClassFixture<CloudFixture>, IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("daybreak-test-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory]
    [InlineData("kms/keys_have_aliases_and_states.py")]
    [InlineData("kms/the_key_policy_decides.py")]
    public Task Boto3_works(string program) => Boto.RunAsync(cloud.Endpoint, program);

    [Fact]
    public async Task Terraform_applies_a_key_and_its_alias_without_drift_and_destroys_them()
    {
        File.Copy(Boto.Program("kms/key.tf"), Path.Combine(_directory, "key.tf"));
        await using var terraform = new Terraform(
            _directory,
            new Dictionary<string, string> { ["endpoint"] = cloud.Endpoint.GetLeftPart(UriPartial.Authority) }
        );
        await terraform.InitializeAsync();

        await terraform.RunAsync("apply", "-auto-approve");
        await terraform.RunAsync("plan", "-detailed-exitcode"); // 2 would be a difference
        await terraform.RunAsync("destroy", "-auto-approve");
    }
}
