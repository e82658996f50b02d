using System.Net.Http.Headers;
using System.Text.Json;

namespace Daybreak.Tests.Executable;

/// <summary>The least that Amazon.Lambda.RuntimeSupport does: the loop over the Runtime API.</summary>
internal static class LambdaBootstrap
{
    public static async Task RunAsync(Func<JsonDocument, byte[]> handler)
    {
        using var http = new HttpClient
        {
            BaseAddress = new Uri($"http://{Environment.GetEnvironmentVariable("AWS_LAMBDA_RUNTIME_API")}/2018-06-01/runtime/invocation/"),
            Timeout = Timeout.InfiniteTimeSpan,
        };
        while (true)
        {
            using var next = await http.GetAsync("next");
            var id = next.Headers.GetValues("Lambda-Runtime-Aws-Request-Id").Single();
            using var input = JsonDocument.Parse(await next.Content.ReadAsStreamAsync());
            using var content = new ByteArrayContent(handler(input));
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            using var answer = await http.PostAsync($"{id}/response", content);
            answer.EnsureSuccessStatusCode();
        }
    }
}
