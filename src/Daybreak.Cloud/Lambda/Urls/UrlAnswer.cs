using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Daybreak.Cloud.FrontDoor.Protocols;
using Daybreak.Cloud.Lambda.Runtime;
using Microsoft.AspNetCore.Http;

namespace Daybreak.Cloud.Lambda.Urls;

/// <summary>Writes the answer to a request to the URL of a function.</summary>
/// <param name="finishHead">Adds the headers that are not the function's.</param>
internal sealed class UrlAnswer(HttpContext http, Action finishHead)
{
    public static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The content type of a response that streams and begins with status and headers.</summary>
    private const string WithPrelude = "application/vnd.awslambda.http-integration-response";

    private const int LongestPrelude = 64 * 1024;

    private readonly HttpResponse _response = http.Response;

    /// <summary>Between status and headers and the body.</summary>
    private static ReadOnlySpan<byte> Delimiter => [0, 0, 0, 0, 0, 0, 0, 0];

    /// <summary>An answer in one piece.</summary>
    public async Task WriteAsync(InvocationOutcome outcome)
    {
        if (outcome.FunctionError is not null || UrlResponse.Of(outcome.Payload) is not { } answer)
        {
            await FailAsync();
            return;
        }
        WriteHead(answer);
        if (!answer.HasBody)
            return;
        _response.ContentLength = answer.Body.Length;
        if (!HttpMethods.IsHead(http.Request.Method))
            await _response.BodyWriter.WriteAsync(answer.Body, http.RequestAborted);
    }

    /// <summary>An answer while the function writes it.</summary>
    public async Task WriteAsync(ResponseStream stream, Task<InvocationOutcome> running, CancellationToken cancellation)
    {
        if (!stream.Begun.IsCompleted)
        {
            // The function does not stream: its result is the body, whatever it looks like.
            var whole = await running;
            if (whole.FunctionError is not null)
            {
                await FailAsync();
                return;
            }
            WriteHead(new UrlResponse(200, [new("content-type", "application/json")], default));
            await _response.BodyWriter.WriteAsync(whole.Payload, cancellation);
            return;
        }

        var contentType = await stream.Begun ?? "application/octet-stream";
        var prelude = contentType.Split(';')[0].Equals(WithPrelude, StringComparison.OrdinalIgnoreCase)
            ? new ArrayBufferWriter<byte>()
            : null;
        var answer = prelude is null ? new UrlResponse(200, [new("content-type", contentType)], default) : null;
        if (answer is not null)
            WriteHead(answer);
        var isWrong = false;
        await stream.CopyToAsync(
            async (bytes, cancellation) =>
            {
                if (answer is null && !isWrong)
                {
                    bytes = Begin(prelude!, bytes, out answer, out isWrong);
                    if (answer is not null)
                        WriteHead(answer);
                }
                if (answer is { HasBody: true } && !bytes.IsEmpty)
                {
                    foreach (var segment in bytes)
                        await _response.BodyWriter.WriteAsync(segment, cancellation);
                }
            },
            running,
            cancellation
        );
        var outcome = await running;
        if (outcome.FunctionError is null && answer is not null)
            return;
        if (_response.HasStarted)
            http.Abort(); // the only way to tell that the answer is not complete
        else
            await FailAsync();
    }

    // Looks for the end of the prelude, and returns what follows.
    private static ReadOnlySequence<byte> Begin(
        ArrayBufferWriter<byte> prelude,
        ReadOnlySequence<byte> bytes,
        out UrlResponse? answer,
        out bool isWrong
    )
    {
        foreach (var segment in bytes)
            prelude.Write(segment.Span);
        var end = prelude.WrittenSpan.IndexOf(Delimiter);
        answer = end < 0 ? null : UrlResponse.OfPrelude(prelude.WrittenMemory[..end]);
        isWrong = answer is null && (end >= 0 || prelude.WrittenCount > LongestPrelude);
        return answer is null ? default : new ReadOnlySequence<byte>(prelude.WrittenMemory[(end + Delimiter.Length)..]);
    }

    private void WriteHead(UrlResponse answer)
    {
        answer.WriteHead(_response);
        finishHead();
    }

    private Task FailAsync()
    {
        _response.StatusCode = StatusCodes.Status502BadGateway;
        return RawBody.WriteAsync(_response, "application/json", "Internal Server Error"u8.ToArray()).AsTask();
    }
}
