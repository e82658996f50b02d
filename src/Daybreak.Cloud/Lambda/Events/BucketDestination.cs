using System.Globalization;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Lambda.Functions;

namespace Daybreak.Cloud.Lambda.Events;

/// <summary>Buckets as destinations of failures: each record is an object. It waits in the queue of events until it is put.</summary>
internal sealed class BucketDestination(IRecordBuckets buckets, TimeProvider time) : IDestination
{
    public string Service => "s3";

    /// <summary>The key of a record, which stays the same when it is put again.</summary>
    public static string KeyOf(QueuedEvent record)
    {
        var (name, day) = (record.Function.Name, record.Accepted.UtcDateTime);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"aws/lambda/async/{name}/{day:yyyy'/'MM'/'dd}/{day:yyyy-MM-dd'T'HH'.'mm'.'ss}-{record.RequestId}"
        );
    }

    public void Check(FunctionState function, string arn)
    {
        if (!buckets.AreHere)
            throw NotImplemented.Of(
                "Amazon S3 as a destination of events while its requests go on by --forward s3=URL: give a function, which can pass the "
                    + "record on"
            );
        if (!buckets.Has(arn))
            throw LambdaErrors.InvalidDestination(arn);
        var key = KeyOf(Waiting(function.Reference, arn, "", []));
        if (buckets.Forbidden(function.Role, function.Region, arn, key) is { } operation)
            throw LambdaErrors.RoleMayNot(operation, arn);
    }

    public QueuedEvent? Deliver(FunctionState function, string arn, QueuedEvent cause, byte[] record, bool isFailure) =>
        Waiting(cause.Function, arn, cause.TraceId, record);

    private QueuedEvent Waiting(FunctionReference function, string arn, string traceId, byte[] record) =>
        new()
        {
            RequestId = Guid.NewGuid().ToString(),
            Function = function,
            Payload = record,
            TraceId = traceId,
            Accepted = time.GetUtcNow(),
            Delivery = new Delivery(arn, IsFailure: true, []),
        };
}
