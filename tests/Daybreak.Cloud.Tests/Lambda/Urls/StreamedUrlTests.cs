using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace Daybreak.Cloud.Tests.Lambda.Urls;

/// <summary>URLs of functions that stream, in real processes and by the names that browsers use.</summary>
[Trait("Pace", "slow")]
public sealed class StreamedUrlTests(RealFunctions cloud) : IClassFixture<RealFunctions>
{
    private const string Source = """
        const net = require('node:net');
        exports.handler = awslambda.streamifyResponse(async (event, stream) => {
          const { port, plain, fails } = event.queryStringParameters ?? {};
          if (!plain) {
            const head = { statusCode: 201, headers: { 'Content-Type': 'text/html', 'X-Own': 'y' }, cookies: ['a=1'] };
            stream = awslambda.HttpResponseStream.from(stream, head);
          }
          if (fails === 'first') throw new Error('before');
          stream.write('one');
          if (port) await new Promise((resolve) => net.connect(port, '127.0.0.1').on('close', resolve).resume());
          if (fails) throw new Error('late');
          stream.write('two');
          stream.end();
        });
        """;

    [Fact]
    public async Task Head_and_parts_arrive_when_they_are_written()
    {
        var url = await DeployAsync("nodejs20.x", "index.js", Source);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);

        using var response = await GetAsync($"{url}?port={port}");
        Assert.Equal(
            (HttpStatusCode.Created, "text/html", "y", "a=1"),
            (
                response.StatusCode,
                response.Content.Headers.ContentType!.MediaType,
                response.Headers.GetValues("X-Own").Single(),
                response.Headers.GetValues("Set-Cookie").Single()
            )
        );
        await using var body = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        var part = new byte[3];
        await body.ReadExactlyAsync(part, TestContext.Current.CancellationToken);
        Assert.Equal("one"u8.ToArray(), part);
        (await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken)).Dispose();
        Assert.Equal("two", await new StreamReader(body).ReadToEndAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Without_a_head_the_stream_is_the_body()
    {
        using var response = await GetAsync($"{await DeployAsync("nodejs20.x", "index.js", Source)}?plain=1");

        Assert.Equal(
            (HttpStatusCode.OK, "application/octet-stream"),
            (response.StatusCode, response.Content.Headers.ContentType!.MediaType)
        );
        Assert.Equal("onetwo", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task An_error_is_a_bad_gateway_or_breaks_off_what_has_begun()
    {
        var url = await DeployAsync("nodejs20.x", "index.js", Source);

        using var first = await GetAsync($"{url}?fails=first");
        Assert.Equal(HttpStatusCode.BadGateway, first.StatusCode);
        using var late = await GetAsync($"{url}?fails=late&port=1");
        await Assert.ThrowsAnyAsync<Exception>(() => late.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_does_not_stream_is_the_body_whatever_it_looks_like()
    {
        using var response = await GetAsync(
            await DeployAsync("python3.12", "index.py", "def handler(event, context): return {'statusCode': 404}")
        );

        Assert.Equal((HttpStatusCode.OK, "application/json"), (response.StatusCode, response.Content.Headers.ContentType!.MediaType));
        Assert.Equal("""{"statusCode": 404}""", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private Task<HttpResponseMessage> GetAsync(string url)
    {
        // *.localhost is this machine for browsers and curl; .NET asks the system, which may not know.
        var uri = new Uri(url);
        var request = new HttpRequestMessage(HttpMethod.Get, $"http://127.0.0.1:{uri.Port}{uri.PathAndQuery}");
        request.Headers.Host = uri.Authority;
        return Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
    }

    private static readonly HttpClient Http = new(new SocketsHttpHandler { UseCookies = false });

    private async Task<string> DeployAsync(string runtime, string file, string source)
    {
        var name = await cloud.CreateAsync(change: request =>
        {
            request["Timeout"] = 30;
            request["Runtime"] = runtime;
            request["Handler"] = "index.handler";
            request["Code"] = new JsonObject { ["ZipFile"] = Convert.ToBase64String(Zip.Of(file, source)) };
        });
        foreach (var (sid, action) in new[] { ("url", "lambda:InvokeFunctionUrl"), ("function", "lambda:InvokeFunction") })
        {
            var permission = new JsonObject
            {
                ["StatementId"] = sid,
                ["Action"] = action,
                ["Principal"] = "*",
            };
            await cloud.SendAsync(HttpMethod.Post, $"{LambdaCloud.Functions}/{name}/policy", permission);
        }
        var made = await cloud.SendAsync(
            HttpMethod.Post,
            $"/2021-10-31/functions/{name}/url",
            new JsonObject { ["AuthType"] = "NONE", ["InvokeMode"] = "RESPONSE_STREAM" }
        );
        return (string)made.Json["FunctionUrl"]!;
    }
}
