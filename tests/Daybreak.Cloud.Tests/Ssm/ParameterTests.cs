using System.Text;

namespace Daybreak.Cloud.Tests.Ssm;

/// <summary>Parameter Store by boto3.</summary>
[Trait("Pace", "slow")]
public sealed class ParameterTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    [Theory]
    [InlineData("ssm/parameters_have_versions_and_labels.py")]
    [InlineData("ssm/paths_and_filters_find_parameters.py")]
    [InlineData("ssm/policies_decide_by_name_and_path.py")]
    public Task Boto3_works(string program) => Boto.RunAsync(cloud.Endpoint, program);

    [Fact]
    public async Task Secure_strings_are_encrypted_in_the_state_directory()
    {
        await Boto.RunAsync(cloud.Endpoint, "ssm/secure_strings_are_shown_to_whom_may_decrypt.py");
        foreach (var file in Directory.GetFiles(cloud.Host.StatePath, "state.db*"))
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            var text = Encoding.Latin1.GetString(bytes);
            Assert.DoesNotContain("correct-horse-battery-staple", text, StringComparison.Ordinal);
            Assert.DoesNotContain(Convert.ToBase64String("correct-horse"u8)[..12], text, StringComparison.Ordinal);
        }
    }
}
