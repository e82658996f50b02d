using System.Text.Json.Serialization;
using Daybreak.Cloud.Lambda.Functions;

namespace Daybreak.Cloud.Lambda.Events;

/// <summary>An accepted Event invocation as it is stored.</summary>
public sealed record QueuedEvent
{
    /// <summary>The id of the request that was answered with 202. Every attempt has the same id.</summary>
    public required string RequestId { get; init; }

    public required FunctionReference Function { get; init; }

    /// <summary>Stored beside the rest, as it never changes.</summary>
    [JsonIgnore]
    public byte[] Payload { get; init; } = [];

    public required string TraceId { get; init; }

    public required DateTimeOffset Accepted { get; init; }

    /// <summary>Attempts that ended in a function error.</summary>
    public int FailedAttempts { get; init; }

    /// <summary>
    /// How often in a row it was returned to the queue for throttling or an internal error. These do not count as attempts.
    /// </summary>
    public int PutBack { get; init; }

    /// <summary>The time of the next attempt; null means at once.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>A message that waits to be sent, as it is; null: the function is to run.</summary>
    public Delivery? Delivery { get; init; }

    /// <summary>Whether the function is at the end of a chain that went through it too often, so that it is not to run.</summary>
    public bool IsLoop { get; init; }
}
