using Daybreak.Aws;

namespace Daybreak.Cloud.S3.Events;

/// <summary>Functions, queues and topics that events of buckets go to.</summary>
public interface IEventTargets
{
    /// <summary>Checks a destination before it is set, with a message where S3 sends one.</summary>
    /// <returns>Why S3 cannot use it; null: it can.</returns>
    /// <exception cref="AwsException">There are no destinations of its kind here.</exception>
    Task<TargetRefusal?> CheckAsync(EventSource source, string targetArn, string testMessage);

    /// <summary>Hands an event over. Complete when it will not be lost, or when the destination may not have it any more.</summary>
    /// <exception cref="AwsException">It was not taken: <see cref="FaultSide.Sender"/> means that it never will be.</exception>
    /// <exception cref="State.StateException">It was not taken now.</exception>
    Task SendAsync(EventSource source, string targetArn, string message, string? traceId);
}

/// <summary>A bucket for the policies of its destinations.</summary>
/// <param name="AccountId">Its owner.</param>
public sealed record EventSource(string BucketArn, string AccountId);

/// <summary>Why a destination cannot be used, as the members of S3's error.</summary>
public sealed record TargetRefusal(string Name, string Value);
