namespace Daybreak.Cloud.Lambda.Events;

/// <summary>What an attempt leads to.</summary>
/// <param name="Next">The event with its next attempt; null: it has ended.</param>
/// <param name="Records">Events for its destinations.</param>
/// <param name="IsDropped">Whether it ended without a successful run.</param>
internal sealed record AttemptResult(QueuedEvent? Next, IReadOnlyList<QueuedEvent> Records, bool IsDropped);
