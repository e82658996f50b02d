namespace Daybreak.Cloud.Tests.S3;

/// <summary>Buckets and objects, by boto3 and by requests of every kind.</summary>
[Trait("Pace", "slow")]
public sealed class ObjectTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    [Theory]
    [InlineData("s3/buckets_are_made_found_and_removed.py")]
    [InlineData("s3/objects_are_put_got_and_deleted.py")]
    [InlineData("s3/keys_are_taken_literally.py")]
    [InlineData("s3/chunks_are_checked.py")]
    [InlineData("s3/lists_go_by_bytes_and_pages.py")]
    [InlineData("s3/callers_are_known_and_asked.py")]
    [InlineData("s3/urls_are_signed_in_both_versions.py")]
    [InlineData("s3/uploads_come_in_parts.py")]
    [InlineData("s3/versions_are_kept.py")]
    [InlineData("s3/settings_are_kept_and_shown.py")]
    [InlineData("s3/bucket_policies_decide.py")]
    [InlineData("s3/pages_are_answered_by_cors_rules.py")]
    [InlineData("s3/nothing_wrong_gets_through.py")]
    public async Task Program(string path)
    {
        await cloud.Host.ResetAsync();
        await Boto.RunAsync(cloud.Endpoint, path);
    }
}
