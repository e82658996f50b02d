using Daybreak.Aws;
using Daybreak.Cloud.Lambda.Functions;

namespace Daybreak.Cloud.Lambda.Events;

/// <summary>What records of events can be sent to: a kind of resource, by the service in its ARN.</summary>
internal interface IDestination
{
    /// <summary>The service in the ARN: <c>lambda</c>.</summary>
    string Service { get; }

    /// <summary>Checks a destination before it is set.</summary>
    /// <exception cref="AwsException">It does not exist, or the function's role may not use it.</exception>
    void Check(FunctionState function, string arn);

    /// <summary>The event that brings a record to it; null: it does not exist any more, or the role may not use it any more.</summary>
    /// <param name="cause">The event that the record is about.</param>
    /// <param name="isFailure">Whether the record is about a failure.</param>
    QueuedEvent? Deliver(FunctionState function, string arn, QueuedEvent cause, byte[] record, bool isFailure);
}
