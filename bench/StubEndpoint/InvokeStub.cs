using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;

namespace Daybreak.Bench.StubEndpoint;

/// <summary>
/// Answers every Invoke with the same small JSON and Lambda's headers, so that a measured caller receives a realistic answer from an
/// endpoint that is not the bottleneck: it checks no signature, has no routing table and no log.
/// </summary>
internal sealed class InvokeStub : IHttpApplication<IFeatureCollection>
{
    private const string PathStart = "/2015-03-31/functions/";
    private const string PathEnd = "/invocations";

    private static readonly byte[] Answer = "{\"statusCode\":200,\"body\":\"\\\"Hello from Lambda!\\\"\"}"u8.ToArray();

    public IFeatureCollection CreateContext(IFeatureCollection contextFeatures) => contextFeatures;

    public void DisposeContext(IFeatureCollection context, Exception? exception) { }

    public async Task ProcessRequestAsync(IFeatureCollection context)
    {
        var request = context.GetRequiredFeature<IHttpRequestFeature>();
        var response = context.GetRequiredFeature<IHttpResponseFeature>();

        if (
            request.Method != "POST"
            || !request.Path.StartsWith(PathStart, StringComparison.Ordinal)
            || !request.Path.EndsWith(PathEnd, StringComparison.Ordinal)
        )
        {
            response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var body = context.GetRequiredFeature<IRequestBodyPipeFeature>().Reader;
        while (true)
        {
            var read = await body.ReadAsync();
            body.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
                break;
        }

        response.StatusCode = StatusCodes.Status200OK;
        var headers = response.Headers;
        headers.ContentType = "application/json";
        headers.ContentLength = Answer.Length;
        headers["x-amzn-RequestId"] = "9f1d8a52-0f3c-4a6e-9d3b-0c5d1f7b2a11";
        headers["x-amzn-Remapped-Content-Length"] = "0";
        headers["X-Amz-Executed-Version"] = "$LATEST";
        headers["X-Amzn-Trace-Id"] = "Root=1-67458d6e-5c1f6a0b2d3e4f5061728394;Parent=53995c3f42cd8ad8;Sampled=0";
        await context.GetRequiredFeature<IHttpResponseBodyFeature>().Writer.WriteAsync(Answer);
    }
}
