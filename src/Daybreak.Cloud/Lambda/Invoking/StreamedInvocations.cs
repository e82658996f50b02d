using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.FrontDoor.Protocols;
using Daybreak.Cloud.FrontDoor.Shapes;
using Daybreak.Cloud.Lambda.Functions;
using Daybreak.Cloud.Lambda.Permissions;
using Daybreak.Cloud.Lambda.Runtime;
using Daybreak.Cloud.Lambda.Versions;

namespace Daybreak.Cloud.Lambda.Invoking;

/// <summary>The operation InvokeWithResponseStream: the caller gets the response while the function writes it.</summary>
internal sealed class StreamedInvocations(FunctionVersions versions, FunctionPolicies policies, FunctionRunner runner, TimeProvider time)
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public IEnumerable<AwsOperation> Operations() =>
        [
            new AwsOperation<InvokeWithResponseStreamRequest, InvokeWithResponseStreamResponse>("InvokeWithResponseStream", InvokeAsync)
            {
                Route = "POST /2021-11-15/functions/{FunctionName}/response-streaming-invocations",
                Action = "InvokeFunction",
                Resource = FunctionReference.ArnOf,
                ResourcePolicy = policies.PolicyOf,
                RequestLimit = Invocations.SynchronousLimit,
                TooLarge = static (_, length) =>
                    LambdaErrors.PayloadTooLarge(length, InvokeRequest.RequestResponse, Invocations.SynchronousLimit),
            },
        ];

    public async ValueTask<InvokeWithResponseStreamResponse> InvokeAsync(InvokeWithResponseStreamRequest request, OperationContext context)
    {
        var reference = FunctionReference.Of(request, context);
        var function = versions.Find(reference);
        if (function is null && !runner.HasStandIn(reference))
            throw LambdaErrors.FunctionNotFound(reference.QualifiedArn);
        var clientContext = ClientContext.Decode(request.ClientContext);
        JsonPayload.Check(request.Payload.Span);
        if (request.InvocationType == InvokeRequest.DryRun)
            return new InvokeWithResponseStreamResponse { StatusCode = 204 };

        var stream = new ResponseStream();
        var invocation = new Invocation(
            context.RequestId,
            reference.Arn,
            request.Payload,
            clientContext,
            TraceId.Of(request.TraceId, function?.IsTraced == true, time),
            WantsLogTail: request.LogType == "Tail",
            stream
        )
        {
            Caller = Invocations.CallerOf(context),
        };
        // Errors before the response begins are errors of the operation.
        var running = await runner.BeginAsync(reference, invocation, context.Aborted);
        return new InvokeWithResponseStreamResponse
        {
            StatusCode = 200,
            ExecutedVersion = stream.ExecutedVersion,
            TraceId = invocation.TraceId,
            EventStream = new StreamedPayload(
                EventStream.ContentType,
                (target, cancellation) => WriteAsync(target, stream, running, cancellation)
            ),
        };
    }

    private static async Task WriteAsync(
        PipeWriter target,
        ResponseStream stream,
        Task<InvocationOutcome> running,
        CancellationToken cancellation
    )
    {
        await stream.CopyToAsync(
            async (bytes, cancellation) =>
            {
                EventStream.WriteEvent(target, "PayloadChunk", "application/octet-stream", bytes);
                await target.FlushAsync(cancellation);
            },
            running,
            cancellation
        );
        var outcome = await running;
        if (outcome is { FunctionError: null, Payload.IsEmpty: false }) // the function responded in one piece
            EventStream.WriteEvent(target, "PayloadChunk", "application/octet-stream", new ReadOnlySequence<byte>(outcome.Payload));
        EventStream.WriteEvent(target, "InvokeComplete", "application/json", new ReadOnlySequence<byte>(Completion(outcome)));
        await target.FlushAsync(cancellation);
    }

    private static byte[] Completion(InvocationOutcome outcome)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Plain))
        {
            json.WriteStartObject();
            if (outcome.FunctionError is not null)
            {
                json.WriteString("ErrorCode", outcome.ErrorType ?? ErrorPayload.TypeIn(outcome.Payload) ?? outcome.FunctionError);
                json.WriteString("ErrorDetails", Encoding.UTF8.GetString(outcome.Payload.Span));
            }
            if (!outcome.LogTail.IsEmpty)
                json.WriteString("LogResult", Convert.ToBase64String(outcome.LogTail.Span));
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }
}
