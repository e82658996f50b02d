using System.Text;
using Daybreak.Aws;
using Daybreak.Cloud.Lambda.Functions;
using Daybreak.Cloud.Lambda.Versions;

namespace Daybreak.Cloud.Lambda.Events;

/// <summary>Sends messages that wait, and puts records into buckets. One that cannot be sent now waits on, as a throttled event
/// does.</summary>
internal sealed class Deliveries(FunctionVersions versions, IMessages messages, IRecordBuckets buckets, TimeProvider time)
{
    public async ValueTask<AttemptResult> SendAsync(QueuedEvent queued, Delivery delivery, CancellationToken ending)
    {
        // The role may have lost the permission, and the function may be gone.
        if ((versions.Find(queued.Function) ?? versions.FindLatest(queued.Function)) is not { } function)
            return new AttemptResult(null, [], IsDropped: true);
        try
        {
            var isSent =
                Arn.TryParse(delivery.TargetArn, out var target) && target.Service == "s3"
                    ? await TryPutAsync(queued, delivery, function)
                    : await TrySendAsync(queued, delivery, function, ending);
            return new AttemptResult(null, [], IsDropped: !isSent);
        }
        catch (AwsException error)
        {
            return error.Fault == FaultSide.Receiver && RetryPolicy.AfterThrottle(queued, null, time.GetUtcNow()) is { } next
                ? new AttemptResult(next, [], IsDropped: false)
                : new AttemptResult(null, [], IsDropped: true);
        }
    }

    private async ValueTask<bool> TrySendAsync(QueuedEvent queued, Delivery delivery, FunctionState function, CancellationToken ending)
    {
        if (!messages.May(function.Role, function.Region, delivery.TargetArn))
            return false;
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
        return true;
    }

    private async ValueTask<bool> TryPutAsync(QueuedEvent queued, Delivery delivery, FunctionState function)
    {
        var (bucket, key) = (delivery.TargetArn, BucketDestination.KeyOf(queued));
        if (!buckets.Has(bucket) || buckets.Forbidden(function.Role, function.Region, bucket, key) is not null)
            return false;
        await buckets.PutAsync(function.Role, bucket, key, queued.Payload);
        return true;
    }
}
