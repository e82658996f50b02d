using Daybreak.Cloud.Tests.Recorded;

namespace Daybreak.Cloud.Tests.S3;

/// <summary>Compares responses with recorded ones of the real S3.</summary>
[Trait("Pace", "slow")]
public sealed class RecordedS3Tests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    private static readonly string[] NotServed =
    [
        "control_no_bucket", // S3 Control is another service
        "control_list_tags",
        "eventbridge_created", // EventBridge is not here
        "notification_config", // queues are reached with --forward only, which QueueTests does
        "post_policy_expired",
        "post_field_missing",
    ];

    // What was stored in these cases is not recorded. event_tagging: its object; the others: their bodies or parts.
    private static readonly string[] OfOtherContent =
    [
        "copy_object",
        "object_attributes",
        "upload_part",
        "complete_multipart",
        "complete_composite",
        "complete_full_object",
        "checksum_none_sent",
        "checksum_content_encoding",
        "event_tagging",
    ];

    private static readonly string[] OfContent = ["ETag", "eTag", "ObjectSize", "ChecksumCRC32", "ChecksumCRC64NVME", "ChecksumSHA256"];

    // Recorded before records of events were of version 2.5.
    private static readonly string[] OfAnyValue = ["eventVersion"];

    [Fact]
    public async Task Every_recorded_case_of_what_is_served_is_answered_alike()
    {
        var recorded = RecordedAnswers.Of("s3");
        var answers = await Boto.JsonAsync(cloud.Endpoint, "s3/every_recorded_case_is_answered_alike.py");
        Assert.Multiple([
            .. recorded
                .Cases("responses")
                .Except(NotServed)
                .Select(name =>
                    (Action)(
                        () =>
                            recorded.AssertResponse(
                                name,
                                answers.GetProperty("responses").GetProperty(name),
                                OfOtherContent.Contains(name) ? [.. OfAnyValue, .. OfContent] : OfAnyValue
                            )
                    )
                ),
            .. recorded
                .Cases("errors")
                .Except(NotServed)
                .Select(name => (Action)(() => recorded.AssertError(name, answers.GetProperty("errors").GetProperty(name)))),
        ]);
    }
}
