using Daybreak.Aws;
using Daybreak.Cloud.Lambda.Functions;

namespace Daybreak.Cloud.Lambda.Events;

/// <summary>All destinations of events.</summary>
internal sealed class Destinations(params IReadOnlyList<IDestination> known)
{
    /// <summary>Checks the destinations of a request; null and empty ones are none.</summary>
    /// <exception cref="AwsException">One of them cannot be a destination.</exception>
    public void Check(FunctionState function, string? onSuccess, string? onFailure)
    {
        if (onSuccess is { Length: > 0 })
            Check(function, onSuccess, isFailure: false, () => LambdaErrors.InvalidDestinations(onSuccess, onFailure));
        if (onFailure is { Length: > 0 })
            Check(function, onFailure, isFailure: true, () => LambdaErrors.InvalidDestinations(onSuccess, onFailure));
    }

    /// <summary>The event that brings a record to a destination; null: there is nothing that could be brought there.</summary>
    public QueuedEvent? Deliver(FunctionState function, string arn, QueuedEvent cause, byte[] record, bool isFailure) =>
        For(arn)?.Deliver(function, arn, cause, record, isFailure);

    /// <summary>Checks the target of a dead-letter queue: AWS sends to SQS and SNS only.</summary>
    /// <exception cref="AwsException">It cannot be one, or the role may not send to it.</exception>
    public void CheckDeadLetters(string roleArn, string region, string? targetArn)
    {
        if (targetArn is { Length: > 0 })
            (DeadLetters(targetArn) ?? throw LambdaErrors.InvalidDeadLetterTarget(targetArn)).CheckDeadLetters(roleArn, region, targetArn);
    }

    /// <summary>The message that brings an event to a dead-letter queue.</summary>
    public QueuedEvent? DeadLetter(string targetArn, QueuedEvent cause, string errorCode, string? errorMessage) =>
        DeadLetters(targetArn)?.DeadLetter(targetArn, cause, errorCode, errorMessage);

    private void Check(FunctionState function, string arn, bool isFailure, Func<AwsException> invalid)
    {
        if (For(arn) is not { } destination || (destination is BucketDestination && !isFailure)) // only failures go to buckets
            throw invalid();
        destination.Check(function, arn);
    }

    private MessageDestination? DeadLetters(string arn) =>
        For(arn) is MessageDestination { Service: "sqs" or "sns" } destination && !arn.EndsWith(".fifo", StringComparison.Ordinal)
            ? destination
            : null;

    private IDestination? For(string arn)
    {
        var service = ServiceOf(arn);
        return known.FirstOrDefault(destination => destination.Service == service);
    }

    private static string ServiceOf(string arn) => Arn.TryParse(arn, out var parts) ? parts.Service : "";
}
