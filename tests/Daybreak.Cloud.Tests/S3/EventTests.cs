namespace Daybreak.Cloud.Tests.S3;

/// <summary>Events of buckets, and the functions that get them.</summary>
[Trait("Pace", "slow")]
public sealed class EventTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    [Theory]
    [InlineData("s3/a_function_reads_what_lands.py")]
    [InlineData("s3/every_change_of_an_object_is_an_event.py")]
    [InlineData("s3/notifications_are_checked.py")]
    public async Task Program(string path)
    {
        await cloud.Host.ResetAsync();
        await Boto.RunAsync(cloud.Endpoint, path);
    }
}
