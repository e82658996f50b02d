using System.Text;
using Daybreak.Aws;
using Daybreak.Cloud.Lambda.Versions;

namespace Daybreak.Cloud.Lambda.Events;

/// <summary>Sends messages that wait. One that cannot be sent now waits on, as a throttled event does.</summary>
internal sealed class Deliveries(FunctionVersions versions, IMessages messages, TimeProvider time)
{
    public async ValueTask<AttemptResult> SendAsync(QueuedEvent queued, Delivery delivery, CancellationToken ending)
    {
        // The role may have lost the permission, and the function may be gone.
        if (
            (versions.Find(queued.Function) ?? versions.FindLatest(queued.Function)) is not { } function
            || !messages.May(function.Role, function.Region, delivery.TargetArn)
        )
            return new AttemptResult(null, [], IsDropped: true);
        try
        {
            await messages.SendAsync(
                new Message(
                    delivery.TargetArn,
                    Encoding.UTF8.GetString(queued.Payload),
                    queued.Function.QualifiedArn,
                    delivery.IsFailure,
                    delivery.Attributes
                ),
                ending
            );
            return new AttemptResult(null, [], IsDropped: false);
        }
        catch (AwsException error)
        {
            return error.Fault == FaultSide.Receiver && RetryPolicy.AfterThrottle(queued, null, time.GetUtcNow()) is { } next
                ? new AttemptResult(next, [], IsDropped: false)
                : new AttemptResult(null, [], IsDropped: true);
        }
    }
}
