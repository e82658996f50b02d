namespace Daybreak.Cloud.Tests.Kms;

/// <summary>KMS by boto3.</summary>
[Trait("Pace", "slow")]
public sealed class KeyTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    [Theory]
    [InlineData("kms/keys_have_aliases_and_states.py")]
    [InlineData("kms/the_key_policy_decides.py")]
    public Task Boto3_works(string program) => Boto.RunAsync(cloud.Endpoint, program);
}
