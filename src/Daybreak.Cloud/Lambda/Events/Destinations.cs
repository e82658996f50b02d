using Daybreak.Aws;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Lambda.Functions;

namespace Daybreak.Cloud.Lambda.Events;

/// <summary>All destinations of events: those that are here, and those that AWS has and that are refused by name.</summary>
internal sealed class Destinations(params IReadOnlyList<IDestination> known)
{
    private static readonly Dictionary<string, string> OnlyOnAws = new()
    {
        ["sqs"] = "Amazon SQS",
        ["sns"] = "Amazon SNS",
        ["events"] = "Amazon EventBridge",
        ["s3"] = "Amazon S3",
    };

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
    public QueuedEvent? Deliver(FunctionState function, string arn, QueuedEvent cause, byte[] record) =>
        For(arn)?.Deliver(function, arn, cause, record);

    /// <summary>Refuses the target of a dead-letter queue: AWS sends to SQS and SNS only.</summary>
    /// <exception cref="AwsException">Always, unless there is none.</exception>
    public static void RefuseDeadLetters(string? targetArn)
    {
        if (targetArn is not { Length: > 0 })
            return;
        if (ServiceOf(targetArn) is var service and ("sqs" or "sns"))
            throw NotImplemented.Of(
                $"{OnlyOnAws[service]} as the target of a DeadLetterConfig: give a function as the OnFailure destination of "
                    + "PutFunctionEventInvokeConfig instead"
            );
        throw LambdaErrors.InvalidDeadLetterTarget(targetArn);
    }

    private void Check(FunctionState function, string arn, bool isFailure, Func<AwsException> invalid)
    {
        if (For(arn) is { } destination)
        {
            destination.Check(function, arn);
            return;
        }
        var service = ServiceOf(arn);
        if (!OnlyOnAws.TryGetValue(service, out var name) || (service == "s3" && !isFailure)) // only failures go to buckets
            throw invalid();
        throw NotImplemented.Of($"{name} as a destination of events: give a function, which can pass the record on");
    }

    private IDestination? For(string arn)
    {
        var service = ServiceOf(arn);
        return known.FirstOrDefault(destination => destination.Service == service);
    }

    private static string ServiceOf(string arn) => Arn.TryParse(arn, out var parts) ? parts.Service : "";
}
