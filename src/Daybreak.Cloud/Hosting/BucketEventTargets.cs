using System.Text;
using Daybreak.Aws;
using Daybreak.Cloud.Access;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Lambda;
using Daybreak.Cloud.Lambda.Events;
using Daybreak.Cloud.Policy;
using Daybreak.Cloud.S3.Events;

namespace Daybreak.Cloud.Hosting;

/// <summary>Brings events of buckets to functions, and to queues and topics where requests for those go on to.</summary>
/// <param name="enforces">False: policies of functions do not count.</param>
internal sealed class BucketEventTargets(IMessages messages, bool enforces, TimeProvider time) : IEventTargets
{
    private const string S3 = "s3.amazonaws.com";

    private static readonly ServiceAction Invoke = new("lambda:InvokeFunction");

    /// <summary>Set before the first request.</summary>
    public LambdaService Functions { private get; set; } = null!;

    public async Task<TargetRefusal?> CheckAsync(EventSource source, string targetArn, string testMessage)
    {
        var service = Arn.Parse(targetArn).Service;
        if (service == "lambda")
            return MayInvoke(source, targetArn)
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
        else if (MayInvoke(source, targetArn)) // without the permission, the event is lost, as on AWS
            await Functions.AcceptAsync(targetArn, Encoding.UTF8.GetBytes(message), traceId);
    }

    private static Message MessageFor(string targetArn, string text) =>
        new(targetArn, text, null, IsFailure: false, []) { Subject = "Amazon S3 Notification" };

    /// <summary>Whether there is such a function, and its policy lets S3 invoke it for a bucket.</summary>
    private bool MayInvoke(EventSource source, string functionArn)
    {
        var function = Arn.Parse(functionArn);
        if (Functions.FindVersion(functionArn, function.AccountId, function.Region) is null)
            return false;
        if (!enforces)
            return true;
        var keys = new ContextKeys { { "aws:SourceArn", source.BucketArn }, { "aws:SourceAccount", source.AccountId } };
        var request = new RequestContext(
            new Principal.Service(S3),
            Invoke,
            functionArn,
            function.AccountId,
            new JoinedKeys(keys, ContextKeys.None, ContextKeys.None, time)
        );
        var policy = Functions.Description.ResourcePolicyOf!(functionArn);
        return PolicyEvaluator.Decide(request, PrincipalPolicies.None, policy).IsAllowed;
    }
}
