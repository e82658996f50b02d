using System.Text;
using Daybreak.Aws;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Lambda.Events;
using Daybreak.Cloud.S3.Events;

namespace Daybreak.Cloud.Hosting;

/// <summary>Brings events of buckets to functions, and to queues and topics where requests for those go on to.</summary>
internal sealed class BucketEventTargets(IMessages messages, ServiceInvocations invocations) : IEventTargets
{
    private const string S3 = "s3.amazonaws.com";

    public async Task<TargetRefusal?> CheckAsync(EventSource source, string targetArn, string testMessage)
    {
        var service = Arn.Parse(targetArn).Service;
        if (service == "lambda")
            return invocations.Allow(S3, (source.BucketArn, source.AccountId), targetArn)
                ? null
                : new TargetRefusal($"{targetArn}, null", $"Not authorized to invoke function [{targetArn}]");
        if (!messages.Reach(service))
            throw NotImplemented.Of(
                $"Amazon {service.ToUpperInvariant()} as a destination of the events of a bucket, unless it was started with "
                    + $"--forward {service}=URL"
            );
        try
        {
            await messages.SendAsync(MessageFor(targetArn, testMessage), CancellationToken.None);
            return null;
        }
        catch (AwsException error)
        {
            return service == "sqs"
                ? new TargetRefusal(targetArn, "The destination queue does not exist")
                : new TargetRefusal(targetArn, error.Message);
        }
    }

    public async Task SendAsync(EventSource source, string targetArn, string message, string? traceId)
    {
        if (Arn.Parse(targetArn).Service != "lambda")
            await messages.SendAsync(MessageFor(targetArn, message), CancellationToken.None);
        else if (invocations.Allow(S3, (source.BucketArn, source.AccountId), targetArn))
            // Without the permission, the event is lost, as on AWS.
            await invocations.Functions.AcceptAsync(targetArn, Encoding.UTF8.GetBytes(message), traceId);
    }

    private static Message MessageFor(string targetArn, string text) =>
        new(targetArn, text, null, IsFailure: false, []) { Subject = "Amazon S3 Notification" };
}
