namespace Daybreak.Cloud.Tests.S3;

/// <summary>Buckets and objects, by boto3 and by requests of every kind.</summary>
[Trait("Pace", "slow")]
public sealed class ObjectTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    [Theory]
    [InlineData("buckets_are_made_found_and_removed")]
    [InlineData("objects_are_put_got_and_deleted")]
    [InlineData("keys_are_taken_literally")]
    [InlineData("chunks_are_checked")]
    [InlineData("lists_go_by_bytes_and_pages")]
    [InlineData("callers_are_known_and_asked")]
    [InlineData("urls_are_signed_in_both_versions")]
    [InlineData("uploads_come_in_parts")]
    [InlineData("versions_are_kept")]
    public async Task Program(string name)
    {
        await cloud.Host.ResetAsync();
        await Boto.RunAsync(cloud.Endpoint, $"s3/{name}.py");
    }
}
