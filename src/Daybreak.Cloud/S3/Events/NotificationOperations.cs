using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Daybreak.Aws;
using Daybreak.Cloud.S3.Bodies;
using Daybreak.Cloud.S3.Protocol;
using Daybreak.Cloud.S3.Storage;

namespace Daybreak.Cloud.S3.Events;

/// <summary>Notifications of a bucket.</summary>
internal sealed class NotificationOperations(ObjectStore store, IEventTargets targets, TimeProvider time)
{
    private const int LargestDocument = 1024 * 1024;

    public IEnumerable<S3Operation> Operations() =>
        [
            new("GetBucketNotificationConfiguration", S3Resource.Bucket, GetAsync, "GetBucketNotification"),
            new("PutBucketNotificationConfiguration", S3Resource.Bucket, PutAsync, "PutBucketNotification"),
        ];

    private static Task GetAsync(S3Call call) =>
        S3Xml.WriteAsync(
            call.Response,
            NotificationDocument.Root,
            xml => NotificationDocument.Write(xml, NotificationDocument.Of(call.Bucket))
        );

    private async Task PutAsync(S3Call call)
    {
        using var body = await BodyIntake.ReceiveDocumentAsync(call, LargestDocument);
        var rules = NotificationDocument.Read(S3Xml.Parse(body.Small!, NotificationDocument.Root));
        await CheckAsync(call, rules);
        await store.ChangeBucketAsync(
            call.Bucket,
            bucket =>
                bucket with
                {
                    Settings = rules.IsEmpty
                        ? bucket.Settings.Remove(NotificationDocument.Setting)
                        : bucket.Settings.SetItem(NotificationDocument.Setting, NotificationDocument.TextOf(rules)),
                }
        );
        call.Empty();
    }

    /// <summary>Checks the destinations, all of which are named if they cannot be used.</summary>
    private async Task CheckAsync(S3Call call, ImmutableArray<NotificationRule> rules)
    {
        var isSkipped = "true".Equals(call.Header("x-amz-skip-destination-validation"), StringComparison.OrdinalIgnoreCase);
        var members = new List<(string, string)>();
        foreach (var rule in rules)
        {
            if (Arn.Parse(rule.TargetArn).Region != call.Bucket.Region)
                throw S3Errors.InvalidArgument(
                    "The notification destination service region is not valid for the bucket location constraint",
                    rule.Kind,
                    rule.TargetArn
                );
            var refusal = isSkipped
                ? null
                : await targets.CheckAsync(new EventSource(call.Bucket.Arn, call.Bucket.AccountId), rule.TargetArn, TestOf(call));
            if (refusal is not null)
            {
                var number = members.Count / 2 + 1;
                members.AddRange([($"ArgumentName{number}", refusal.Name), ($"ArgumentValue{number}", refusal.Value)]);
            }
        }
        if (members.Count > 0)
            throw S3Errors.Bad("InvalidArgument", "Unable to validate the following destination configurations", [.. members]);
    }

    private string TestOf(S3Call call) =>
        new JsonObject
        {
            ["Service"] = "Amazon S3",
            ["Event"] = "s3:TestEvent",
            ["Time"] = S3Xml.Time(time.GetUtcNow()),
            ["Bucket"] = call.BucketName,
            ["RequestId"] = call.Context.RequestId,
            ["HostId"] = call.Response.Headers["x-amz-id-2"].ToString(),
        }.ToJsonString();
}
