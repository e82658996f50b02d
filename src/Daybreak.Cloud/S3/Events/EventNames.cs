using System.Collections.Frozen;

namespace Daybreak.Cloud.S3.Events;

/// <summary>The names of events.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-event-types-and-destinations.html</remarks>
internal static class EventNames
{
    private const string Any = "*";

    private static readonly FrozenSet<string> Known = (
        "s3:ReducedRedundancyLostObject s3:ObjectCreated:* s3:ObjectCreated:Put s3:ObjectCreated:Post s3:ObjectCreated:Copy "
        + "s3:ObjectCreated:CompleteMultipartUpload s3:ObjectRemoved:* s3:ObjectRemoved:Delete s3:ObjectRemoved:DeleteMarkerCreated "
        + "s3:ObjectRestore:* s3:ObjectRestore:Post s3:ObjectRestore:Completed s3:Replication:* "
        + "s3:Replication:OperationFailedReplication s3:Replication:OperationNotTracked s3:Replication:OperationMissedThreshold "
        + "s3:Replication:OperationReplicatedAfterThreshold s3:ObjectRestore:Delete s3:LifecycleTransition s3:IntelligentTiering "
        + "s3:ObjectAcl:Put s3:LifecycleExpiration:* s3:LifecycleExpiration:Delete s3:LifecycleExpiration:DeleteMarkerCreated "
        + "s3:ObjectTagging:* s3:ObjectTagging:Put s3:ObjectTagging:Delete"
    )
        .Split(' ')
        .ToFrozenSet(StringComparer.Ordinal);

    public static bool IsKnown(string name) => Known.Contains(name);

    /// <summary>Whether a name that is subscribed to covers an event, or shares one with another name.</summary>
    public static bool Meet(string one, string other) => one == other || Covers(one, other) || Covers(other, one);

    private static bool Covers(string wide, string narrow) =>
        wide.EndsWith(Any, StringComparison.Ordinal) && narrow.StartsWith(wide[..^Any.Length], StringComparison.Ordinal);
}
