using Daybreak.Aws;

namespace Daybreak.Cloud.Lambda.Events;

/// <summary>Queues, topics and event buses, which are at an endpoint that requests go on to (<c>--forward</c>).</summary>
public interface IMessages
{
    /// <summary>Whether requests for a service go on to somewhere.</summary>
    bool Reach(string service);

    /// <summary>Whether a role's policies allow sending to a target. The target's own policy is not known here.</summary>
    bool May(string roleArn, string region, string targetArn);

    /// <summary>Sends a message.</summary>
    /// <exception cref="AwsException">It was not sent: <see cref="FaultSide.Sender"/> means that it never will be.</exception>
    Task SendAsync(Message message, CancellationToken cancellation);
}

/// <summary>A message for a queue, a topic or an event bus.</summary>
/// <param name="TargetArn">The ARN of the queue, topic or bus.</param>
/// <param name="Body">The text of the message; the detail of an event.</param>
/// <param name="FunctionArn">The function that it is about, with its qualifier; null: another service sends it.</param>
/// <param name="IsFailure">Whether it is about a failure.</param>
/// <param name="Attributes">Attributes of the message.</param>
public sealed record Message(string TargetArn, string Body, string? FunctionArn, bool IsFailure, IReadOnlyList<MessageAttribute> Attributes)
{
    /// <summary>Of a message to a topic; null: it has none.</summary>
    public string? Subject { get; init; }
}

/// <param name="Type"><c>String</c> or <c>Number</c>.</param>
public sealed record MessageAttribute(string Name, string Type, string Value);
