using System.Text;

namespace Daybreak.Cloud.Tests.SecretsManager;

/// <summary>Secrets Manager by boto3 and the aws CLI.</summary>
[Trait("Pace", "slow")]
public sealed class SecretsManagerTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    [Theory]
    [InlineData("secretsmanager/values_have_versions_and_labels.py")]
    [InlineData("secretsmanager/secrets_are_found_deleted_and_restored.py")]
    [InlineData("secretsmanager/policies_of_callers_and_secrets_decide.py")]
    public Task Boto3_works(string program) => Boto.RunAsync(cloud.Endpoint, program);

    [Fact]
    public async Task The_state_directory_tells_no_secret()
    {
        await Boto.RunAsync(cloud.Endpoint, "secretsmanager/keeps_a_secret.py");
        foreach (var file in Directory.GetFiles(cloud.Host.StatePath, "state.db*"))
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            Assert.DoesNotContain("correct-horse-battery-staple", Encoding.Latin1.GetString(bytes), StringComparison.Ordinal);
        }
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite,
            File.GetUnixFileMode(Path.Combine(cloud.Host.StatePath, "secrets.key"))
        );
    }
}
