namespace Daybreak.Cloud.Lambda.Events;

/// <summary>Decides when an event that could not be processed is tried again. Pure; the numbers are AWS's defaults.</summary>
/// <param name="FirstWait">Wait before the second attempt.</param>
/// <param name="SecondWait">Wait before the third attempt.</param>
internal sealed record RetryPolicy(TimeSpan FirstWait, TimeSpan SecondWait)
{
    private const int MaximumRetryAttempts = 2;

    private static readonly TimeSpan MaximumEventAge = TimeSpan.FromHours(6);
    private static readonly TimeSpan LongestBackOff = TimeSpan.FromMinutes(5);

    /// <summary>Whether an event has waited so long that it is not to run any more.</summary>
    public static bool IsTooOld(QueuedEvent queued, EventInvokeConfig? config, DateTimeOffset now) =>
        now - queued.Accepted > (config?.MaximumEventAgeInSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : MaximumEventAge);

    /// <summary>The event with its next attempt; null when it has no attempts left or would be too old by then.</summary>
    /// <param name="condition">Why there is none.</param>
    public QueuedEvent? AfterFunctionError(QueuedEvent queued, EventInvokeConfig? config, DateTimeOffset now, out EventCondition condition)
    {
        condition = EventCondition.RetriesExhausted;
        if (queued.FailedAttempts >= (config?.MaximumRetryAttempts ?? MaximumRetryAttempts))
            return null;
        condition = EventCondition.EventAgeExceeded;
        var next = now + (queued.FailedAttempts == 0 ? FirstWait : SecondWait);
        // AWS checks the age before it waits, not after.
        return IsTooOld(queued, config, next)
            ? null
            : queued with
            {
                FailedAttempts = queued.FailedAttempts + 1,
                PutBack = 0,
                NotBefore = next,
            };
    }

    /// <summary>
    /// Throttling and internal errors do not count as attempts. The event waits in the queue for one second up to five minutes; null when
    /// it would be too old by then.
    /// </summary>
    public static QueuedEvent? AfterThrottle(QueuedEvent queued, EventInvokeConfig? config, DateTimeOffset now)
    {
        var wait = TimeSpan.FromSeconds(Math.Min(Math.Pow(2, Math.Min(queued.PutBack, 20)), LongestBackOff.TotalSeconds));
        var next = now + wait;
        return IsTooOld(queued, config, next) ? null : queued with { PutBack = queued.PutBack + 1, NotBefore = next };
    }
}

/// <summary>Why an event has ended, as the record for its destination has it.</summary>
internal enum EventCondition
{
    Success,
    RetriesExhausted,
    EventAgeExceeded,
    ZeroReservedConcurrency,
}
