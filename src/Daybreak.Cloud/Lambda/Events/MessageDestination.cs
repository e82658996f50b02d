using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Lambda.Functions;

namespace Daybreak.Cloud.Lambda.Events;

/// <summary>Queues, topics or event buses as destinations. What they get waits in the queue of events until it is sent.</summary>
/// <param name="service">As in ARNs: <c>sqs</c>.</param>
/// <param name="name">As in messages: <c>Amazon SQS</c>.</param>
/// <param name="operation">What the role needs: <c>SendMessage</c>.</param>
internal sealed class MessageDestination(string service, string name, string operation, IMessages messages, TimeProvider time)
    : IDestination
{
    public string Service => service;

    public void Check(FunctionState function, string arn)
    {
        if (!messages.Reach(service))
            throw NotImplemented.Of(
                $"{name} as a destination of events, unless it was started with --forward {service}=URL: give a function, which can pass "
                    + "the record on"
            );
        if (arn.EndsWith(".fifo", StringComparison.Ordinal)) // AWS takes standard queues and topics only
            throw LambdaErrors.InvalidDestination(arn);
        if (!messages.May(function.Role, function.Region, arn))
            throw LambdaErrors.RoleMayNot(operation, arn);
    }

    /// <summary>Checks the target of a dead-letter queue.</summary>
    public void CheckDeadLetters(string roleArn, string region, string arn)
    {
        if (!messages.Reach(service))
            throw NotImplemented.Of(
                $"{name} as the target of a DeadLetterConfig, unless it was started with --forward {service}=URL: give a function as the "
                    + "OnFailure destination of PutFunctionEventInvokeConfig instead"
            );
        if (!messages.May(roleArn, region, arn))
            throw LambdaErrors.RoleMayNotSendDeadLetters(operation, service.ToUpperInvariant());
    }

    public QueuedEvent? Deliver(FunctionState function, string arn, QueuedEvent cause, byte[] record, bool isFailure) =>
        Waiting(arn, cause, record, isFailure, []);

    /// <summary>The event itself, for a dead-letter queue.</summary>
    public QueuedEvent DeadLetter(string arn, QueuedEvent cause, string errorCode, string? errorMessage) =>
        Waiting(
            arn,
            cause,
            cause.Payload,
            isFailure: true,
            [
                new("RequestID", "String", cause.RequestId),
                new("ErrorCode", "Number", errorCode),
                .. errorMessage is { Length: > 0 }
                    ? [new MessageAttribute("ErrorMessage", "String", errorMessage)]
                    : Array.Empty<MessageAttribute>(),
            ]
        );

    private QueuedEvent Waiting(string arn, QueuedEvent cause, byte[] body, bool isFailure, IReadOnlyList<MessageAttribute> attributes) =>
        new()
        {
            RequestId = Guid.NewGuid().ToString(),
            Function = cause.Function,
            Payload = body,
            TraceId = cause.TraceId,
            Accepted = time.GetUtcNow(),
            Delivery = new Delivery(arn, isFailure, attributes),
        };
}
