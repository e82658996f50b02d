namespace Daybreak.Cloud.Lambda.Events;

/// <summary>What makes a queued event a message that waits to be sent, instead of a call that waits to be run.</summary>
/// <param name="TargetArn">The queue, topic or event bus.</param>
/// <param name="IsFailure">Whether it is about a failure.</param>
/// <param name="Attributes">Those of a dead letter.</param>
public sealed record Delivery(string TargetArn, bool IsFailure, IReadOnlyList<MessageAttribute> Attributes);
