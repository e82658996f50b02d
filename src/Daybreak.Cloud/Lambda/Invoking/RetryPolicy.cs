namespace Daybreak.Cloud.Lambda.Invoking;

/// <summary>Decides when an event that could not be processed is tried again. Pure; the numbers are AWS's defaults.</summary>
/// <param name="FirstWait">Wait before the second attempt.</param>
/// <param name="SecondWait">Wait before the third attempt.</param>
internal sealed record RetryPolicy(TimeSpan FirstWait, TimeSpan SecondWait)
{
    private const int MaximumRetryAttempts = 2;

    private static readonly TimeSpan MaximumEventAge = TimeSpan.FromHours(6);
    private static readonly TimeSpan LongestBackOff = TimeSpan.FromMinutes(5);

    /// <summary>The event with its next attempt; null when it has no attempts left or would be too old by then.</summary>
    public QueuedEvent? AfterFunctionError(QueuedEvent queued, DateTimeOffset now)
    {
        if (queued.FailedAttempts >= MaximumRetryAttempts)
            return null;
        var next = now + (queued.FailedAttempts == 0 ? FirstWait : SecondWait);
        // AWS checks the age before it waits, not after.
        return next - queued.Accepted > MaximumEventAge
            ? null
            : queued with
            {
                FailedAttempts = queued.FailedAttempts + 1,
                PutBack = 0,
                NotBefore = next,
            };
    }

    /// <summary>
    /// Throttling and internal errors do not count as attempts. The event waits in the queue for one second up to five minutes.
    /// </summary>
    public static QueuedEvent? AfterThrottle(QueuedEvent queued, DateTimeOffset now)
    {
        var wait = TimeSpan.FromSeconds(Math.Min(Math.Pow(2, Math.Min(queued.PutBack, 20)), LongestBackOff.TotalSeconds));
        var next = now + wait;
        return next - queued.Accepted > MaximumEventAge ? null : queued with { PutBack = queued.PutBack + 1, NotBefore = next };
    }
}
