namespace Daybreak.Cloud.S3.Events;

/// <summary>An event that is to be handed to its destination, as it is kept beside the change that it tells of.</summary>
internal sealed record StoredEvent
{
    public required string TargetArn { get; init; }

    public required string BucketArn { get; init; }

    /// <summary>The owner of the bucket.</summary>
    public required string AccountId { get; init; }

    public required string Message { get; init; }

    public string? TraceId { get; init; }
}
