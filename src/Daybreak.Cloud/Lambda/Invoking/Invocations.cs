using Daybreak.Aws;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Lambda.Events;
using Daybreak.Cloud.Lambda.Functions;
using Daybreak.Cloud.Lambda.Permissions;
using Daybreak.Cloud.Lambda.Runtime;
using Daybreak.Cloud.Lambda.Testing;
using Daybreak.Cloud.Lambda.Versions;

namespace Daybreak.Cloud.Lambda.Invoking;

/// <summary>The operations Invoke and InvokeAsync.</summary>
internal sealed class Invocations(
    FunctionVersions versions,
    FunctionPolicies policies,
    FunctionRunner runner,
    EventQueue events,
    TimeProvider time
)
{
    public const long SynchronousLimit = 6_291_456;
    private const long EventLimit = 1_048_576;
    private const long OldEventLimit = 262_144; // of InvokeAsync

    public IEnumerable<AwsOperation> Operations() =>
        [
            new AwsOperation<InvokeRequest, InvokeResponse>("Invoke", InvokeAsync)
            {
                Route = "POST /2015-03-31/functions/{FunctionName}/invocations",
                Action = "InvokeFunction",
                Resource = FunctionReference.ArnOf,
                ResourcePolicy = policies.PolicyOf,
                RequestLimit = SynchronousLimit,
                TooLarge = TooLarge,
                IsBrief = true,
            },
            new AwsOperation<InvokeAsyncRequest, InvokeAsyncResponse>("InvokeAsync", AcceptAsync)
            {
                Route = "POST /2014-11-13/functions/{FunctionName}/invoke-async",
                SuccessStatus = 202,
                Resource = FunctionReference.ArnOf,
                ResourcePolicy = policies.PolicyOf,
                RequestLimit = OldEventLimit,
                TooLarge = static (_, length) => LambdaErrors.PayloadTooLarge(length, InvokeRequest.Event, OldEventLimit),
            },
        ];

    /// <summary>
    /// Invoke: 1. resolves the function; 2. checks the payload; 3. does nothing (DryRun), queues the event (Event), or runs it
    /// (RequestResponse).
    /// </summary>
    public ValueTask<InvokeResponse> InvokeAsync(InvokeRequest request, OperationContext context)
    {
        // 1.
        var reference = FunctionReference.Of(request, context);
        var function = versions.Find(reference);
        if (function is null && !runner.HasStandIn(reference))
            throw LambdaErrors.FunctionNotFound(reference.QualifiedArn);

        // 2.
        var type = request.InvocationType ?? InvokeRequest.RequestResponse;
        if (type == InvokeRequest.Event && request.Payload.Length > EventLimit)
            throw LambdaErrors.PayloadTooLarge(request.Payload.Length, type, EventLimit);
        var clientContext = ClientContext.Decode(request.ClientContext);
        JsonPayload.Check(request.Payload.Span);

        // 3.
        var (traceId, count) = Lineage.Through(TraceId.Of(request.TraceId, function?.IsTraced == true, time), reference.UnqualifiedArn);
        var isLoop = count > Lineage.Most && Lineage.IsLoop(count, versions.FindLatest(reference));
        return type switch
        {
            InvokeRequest.DryRun => ValueTask.FromResult(new InvokeResponse { StatusCode = 204 }),
            InvokeRequest.Event => AcceptAsync(reference, request.Payload, traceId, isLoop, context),
            _ when isLoop => throw LambdaErrors.Recursion(reference.Arn),
            _ => RunAsync(
                reference,
                request,
                new Invocation(
                    context.RequestId,
                    reference.Arn,
                    request.Payload,
                    clientContext,
                    traceId,
                    WantsLogTail: request.LogType == "Tail"
                )
                {
                    Caller = CallerOf(context),
                },
                context.Aborted
            ),
        };
    }

    /// <summary>InvokeAsync, which AWS has deprecated: Invoke with the type Event and nothing else.</summary>
    public async ValueTask<InvokeAsyncResponse> AcceptAsync(InvokeAsyncRequest request, OperationContext context)
    {
        var reference = FunctionReference.Of(request, context);
        if (versions.Find(reference) is not { } function)
            throw LambdaErrors.FunctionNotFound(reference.QualifiedArn);
        JsonPayload.Check(request.InvokeArgs.Span);
        await AcceptAsync(reference, request.InvokeArgs, TraceId.Of(null, function.IsTraced, time), isLoop: false, context);
        return new InvokeAsyncResponse { Status = 202 };
    }

    /// <summary>Who sent a request.</summary>
    internal static InvocationCaller CallerOf(OperationContext context) =>
        InvocationCaller.Of(context.Circumstances.TryGet("aws:UserAgent", out var userAgent) ? userAgent.ToString() : null);

    /// <summary>The error for a body that no invocation type takes.</summary>
    private static AwsException TooLarge(AwsRequest request, long length)
    {
        var type = request.Header("X-Amz-Invocation-Type") ?? InvokeRequest.RequestResponse;
        return LambdaErrors.PayloadTooLarge(length, type, type == InvokeRequest.Event ? EventLimit : SynchronousLimit);
    }

    private async ValueTask<InvokeResponse> RunAsync(
        FunctionReference reference,
        InvokeRequest request,
        Invocation invocation,
        CancellationToken cancellation
    )
    {
        var (version, outcome) =
            await runner.RunAsync(reference, invocation, cancellation) ?? throw LambdaErrors.FunctionNotFound(reference.QualifiedArn);
        return new InvokeResponse
        {
            StatusCode = 200,
            FunctionError = outcome.FunctionError,
            LogResult = request.LogType == "Tail" ? Convert.ToBase64String(outcome.LogTail.Span) : null,
            ExecutedVersion = version,
            RemappedContentLength = "0",
            TraceId = invocation.TraceId,
            Payload = outcome.Payload,
        };
    }

    // Responds only when the event is on disk.
    private async ValueTask<InvokeResponse> AcceptAsync(
        FunctionReference reference,
        ReadOnlyMemory<byte> payload,
        string traceId,
        bool isLoop,
        OperationContext context
    )
    {
        await events.AcceptAsync(
            new QueuedEvent
            {
                RequestId = context.RequestId,
                Function = reference,
                Payload = payload.ToArray(),
                TraceId = traceId,
                Accepted = time.GetUtcNow(),
                IsLoop = isLoop,
            }
        );
        return new InvokeResponse
        {
            StatusCode = 202,
            RemappedContentLength = "0",
            TraceId = traceId,
        };
    }
}
