using System.Text;
using Daybreak.Cloud.S3.Storage;

namespace Daybreak.Cloud.S3.Events;

/// <summary>Raises events of buckets: each is kept in the transaction of the change that it tells of.</summary>
internal sealed class BucketEvents(EventOutbox outbox, TimeProvider time)
{
    private const string EmptyETag = "d41d8cd98f00b204e9800998ecf8427e";

    /// <param name="by">The operation: <c>Put</c>, <c>Copy</c>, …</param>
    public void Created(S3Change change, byte[] key, Written written, StoredObject document, string by, EventCause cause) =>
        Raise(
            change,
            written.Bucket,
            new ObjectFact(
                $"ObjectCreated:{by}",
                Encoding.UTF8.GetString(key),
                document.Size,
                document.ETag,
                written.Version,
                written.Sequence
            ),
            cause
        );

    public void Removed(S3Change change, byte[] key, Deleted deleted, EventCause cause)
    {
        if (deleted.Kind == DeletedKind.Nothing)
            return;
        var isMarker = deleted.Kind == DeletedKind.MarkerCreated;
        Raise(
            change,
            deleted.Bucket,
            new ObjectFact(
                isMarker ? "ObjectRemoved:DeleteMarkerCreated" : "ObjectRemoved:Delete",
                Encoding.UTF8.GetString(key),
                null,
                isMarker ? EmptyETag : null,
                isMarker ? deleted.Marker : deleted.Version,
                deleted.Sequence
            ),
            cause
        );
    }

    /// <param name="by"><c>Put</c> or <c>Delete</c>.</param>
    public void Tagged(S3Change change, Bucket bucket, ObjectVersion version, string by, EventCause cause) =>
        Raise(
            change,
            bucket,
            new ObjectFact($"ObjectTagging:{by}", version.KeyText, null, version.Object.ETag, version.Version, null),
            cause
        );

    private void Raise(S3Change change, Bucket bucket, ObjectFact fact, EventCause cause)
    {
        var rules = NotificationDocument.Of(bucket);
        if (rules.IsEmpty)
            return;
        var now = time.GetUtcNow();
        var isRaised = false;
        foreach (var rule in rules)
        {
            if (!rule.Matches($"s3:{fact.Name}", fact.Key))
                continue;
            change.AddEvent(
                new StoredEvent
                {
                    TargetArn = rule.TargetArn,
                    BucketArn = bucket.Arn,
                    AccountId = bucket.AccountId,
                    Message = EventRecord.Of(bucket, rule, fact, cause, now),
                    TraceId = cause.TraceId,
                }
            );
            isRaised = true;
        }
        if (isRaised)
            change.AfterCommit(outbox.Wake);
    }
}
