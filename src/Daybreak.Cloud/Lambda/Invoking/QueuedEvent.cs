using Daybreak.Cloud.Lambda.Functions;

namespace Daybreak.Cloud.Lambda.Invoking;

/// <summary>An accepted Event invocation, as it waits on disk.</summary>
public sealed record QueuedEvent
{
    /// <summary>Of the request that was answered with 202; every attempt carries it.</summary>
    public required string RequestId { get; init; }

    public required FunctionReference Function { get; init; }

    public required byte[] Payload { get; init; }

    public required string TraceId { get; init; }

    public required DateTimeOffset Accepted { get; init; }

    /// <summary>Attempts that ended in a function error.</summary>
    public int FailedAttempts { get; init; }

    /// <summary>Times in a row that it went back for a throttle or an error of ours; these are no attempts.</summary>
    public int PutBack { get; init; }

    /// <summary>When to try again; null: at once.</summary>
    public DateTimeOffset? NotBefore { get; init; }
}
