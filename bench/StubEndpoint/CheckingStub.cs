using System.Buffers;
using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;

namespace Daybreak.Bench.StubEndpoint;

/// <summary>
/// An endpoint that keeps account of the calls of <c>bench/load</c>: each payload is <c>{"s":session,"n":number,…}</c>, and each number of a
/// session may arrive once. What it does depends on the function: <c>echo</c> answers the payload, <c>slow</c> does so after 20 ms,
/// <c>unhandled</c> and <c>throttle</c> answer errors as Lambda does, <c>cut</c> ends the connection within the answer.
/// <c>PUT /key/ID</c>: calls that are signed with another access key are refused from now on. <c>GET /account</c>: what was seen.
/// </summary>
internal sealed class CheckingStub : IHttpApplication<IFeatureCollection>
{
    private const string PathStart = "/2015-03-31/functions/";

    private readonly ConcurrentDictionary<int, SeenNumbers> _seen = new();
    private volatile string? _key;
    private long _calls;
    private long _repeated;
    private long _refused;

    public IFeatureCollection CreateContext(IFeatureCollection contextFeatures) => contextFeatures;

    public void DisposeContext(IFeatureCollection context, Exception? exception) { }

    public async Task ProcessRequestAsync(IFeatureCollection context)
    {
        var request = context.GetRequiredFeature<IHttpRequestFeature>();
        if (request.Path.StartsWith(PathStart, StringComparison.Ordinal))
        {
            var functionName = request.Path[PathStart.Length..request.Path.IndexOf('/', PathStart.Length)];
            await InvokeAsync(context, request, functionName);
        }
        else if (request.Path.StartsWith("/key/", StringComparison.Ordinal))
        {
            _key = request.Path["/key/".Length..];
            await AnswerAsync(context, StatusCodes.Status200OK, default);
        }
        else
        {
            var account =
                $$"""{"calls":{{Volatile.Read(ref _calls)}},"repeated":{{Volatile.Read(ref _repeated)}},"refused":{{Volatile.Read(ref _refused)}}}""";
            await AnswerAsync(context, StatusCodes.Status200OK, Encoding.UTF8.GetBytes(account));
        }
    }

    private async Task InvokeAsync(IFeatureCollection context, IHttpRequestFeature request, string functionName)
    {
        var payload = await ReadAsync(context.GetRequiredFeature<IRequestBodyPipeFeature>().Reader);
        if (_key is { } key && !request.Headers.Authorization.ToString().Contains(key, StringComparison.Ordinal))
        {
            Interlocked.Increment(ref _refused);
            await RefuseAsync(context, StatusCodes.Status403Forbidden, "UnrecognizedClientException");
            return;
        }

        Interlocked.Increment(ref _calls);
        var (session, number) = Parse(payload);
        if (!_seen.GetOrAdd(session, _ => new SeenNumbers()).TryAdd(number))
            Interlocked.Increment(ref _repeated);

        var invocationType = request.Headers["X-Amz-Invocation-Type"].ToString();
        if (invocationType == "Event")
        {
            await AnswerAsync(context, StatusCodes.Status202Accepted, default);
            return;
        }

        if (invocationType == "DryRun")
        {
            await AnswerAsync(context, StatusCodes.Status204NoContent, default);
            return;
        }

        switch (functionName)
        {
            case "slow":
                await Task.Delay(20);
                break;
            case "throttle":
                await RefuseAsync(context, StatusCodes.Status429TooManyRequests, "TooManyRequestsException");
                return;
            case "unhandled":
                context.GetRequiredFeature<IHttpResponseFeature>().Headers["X-Amz-Function-Error"] = "Unhandled";
                break;
            case "cut":
                context.GetRequiredFeature<IHttpResponseFeature>().Headers.ContentLength = payload.Length + 1;
                var body = context.GetRequiredFeature<IHttpResponseBodyFeature>();
                await body.Writer.WriteAsync(payload);
                context.GetRequiredFeature<IHttpRequestLifetimeFeature>().Abort();
                return;
        }

        await AnswerAsync(context, StatusCodes.Status200OK, payload);
    }

    private static async Task<byte[]> ReadAsync(System.IO.Pipelines.PipeReader reader)
    {
        while (true)
        {
            var read = await reader.ReadAsync();
            if (read.IsCompleted)
            {
                var payload = read.Buffer.ToArray();
                reader.AdvanceTo(read.Buffer.End);
                return payload;
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static (int Session, int Number) Parse(byte[] payload)
    {
        var json = new Utf8JsonReader(payload);
        var (session, number) = (0, 0);
        while (json.Read() && (session == 0 || number == 0))
        {
            if (json.TokenType != JsonTokenType.PropertyName)
                continue;
            if (json.ValueTextEquals("s"u8))
            {
                json.Read();
                session = json.GetInt32();
            }
            else if (json.ValueTextEquals("n"u8))
            {
                json.Read();
                number = json.GetInt32();
            }
        }

        return (session, number);
    }

    private static Task RefuseAsync(IFeatureCollection context, int status, string error)
    {
        context.GetRequiredFeature<IHttpResponseFeature>().Headers["x-amzn-ErrorType"] = error;
        return AnswerAsync(context, status, Encoding.UTF8.GetBytes($$"""{"Type":"User","message":"{{error}}"}"""));
    }

    private static async Task AnswerAsync(IFeatureCollection context, int status, ReadOnlyMemory<byte> body)
    {
        var response = context.GetRequiredFeature<IHttpResponseFeature>();
        response.StatusCode = status;
        response.Headers.ContentType = "application/json";
        response.Headers["x-amzn-RequestId"] = "9f1d8a52-0f3c-4a6e-9d3b-0c5d1f7b2a11";
        response.Headers["X-Amz-Executed-Version"] = "$LATEST";
        if (status != StatusCodes.Status204NoContent)
            response.Headers.ContentLength = body.Length;
        if (body.Length > 0)
            await context.GetRequiredFeature<IHttpResponseBodyFeature>().Writer.WriteAsync(body);
    }
}
