namespace Daybreak.Cloud.Tests.Kms;

/// <summary>Keys of users for values of other services.</summary>
[Trait("Pace", "slow")]
public sealed class ServiceKeyTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    [Theory]
    [InlineData("kms/secrets_are_encrypted_with_keys_of_users.py")]
    [InlineData("kms/parameters_are_encrypted_with_keys_of_users.py")]
    public Task Boto3_works(string program) => Boto.RunAsync(cloud.Endpoint, program);
}
