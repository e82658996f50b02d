using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Daybreak.Cloud.Tests.Lambda.Urls;

/// <summary>Requests to the URLs of functions, whose event and answer are scripted.</summary>
[Trait("Pace", "slow")]
public sealed class UrlTests(LambdaCloud cloud) : IClassFixture<LambdaCloud>
{
    private const string Functions = LambdaCloud.Functions;

    [Fact]
    public Task Urls_are_made_read_changed_and_deleted() =>
        Boto.RunAsync(cloud.Host.Endpoint, "lambda/urls/urls_are_made_read_changed_and_deleted.py");

    [Fact]
    public async Task The_event_has_payload_format_2()
    {
        var (name, host) = await MakeAsync();
        Answer(name, """{"statusCode":200}""");

        await SendAsync(
            host,
            "POST /my%20path/x?a=1&b=2&a=3%20 HTTP/1.1",
            "Content-Type: application/json\r\nX-Own: 1\r\nX-Own: 2\r\nCookie: one=1; two=2\r\nUser-Agent: me\r\n",
            """{"key":"value ü"}"""
        );

        var e = EventOf(name);
        Assert.Equal(
            [
                "version",
                "routeKey",
                "rawPath",
                "rawQueryString",
                "cookies",
                "headers",
                "queryStringParameters",
                "requestContext",
                "body",
                "isBase64Encoded",
            ],
            e.AsObject().Select(static member => member.Key)
        );
        Assert.Equal(
            ("2.0", "$default", "/my%20path/x", "a=1&b=2&a=3%20"),
            ((string?)e["version"], (string?)e["routeKey"], (string?)e["rawPath"], (string?)e["rawQueryString"])
        );
        Assert.Equal("""["one=1","two=2"]""", e["cookies"]!.ToJsonString());
        Assert.Equal("""{"a":"1,3 ","b":"2"}""", e["queryStringParameters"]!.ToJsonString());
        Assert.Equal(
            ("1,2", host, "http"),
            ((string?)e["headers"]!["x-own"], (string?)e["headers"]!["host"], (string?)e["headers"]!["x-forwarded-proto"])
        );
        var context = e["requestContext"]!;
        Assert.Equal(
            ("anonymous", host.Split('.')[0], "$default"),
            ((string?)context["accountId"], (string?)context["apiId"], (string?)context["stage"])
        );
        Assert.Equal($"{host.Split('.')[0]}.lambda-url.us-east-1.on.aws", (string?)context["domainName"]);
        Assert.Null(context["authorizer"]);
        Assert.Equal(
            """{"method":"POST","path":"/my%20path/x","protocol":"HTTP/1.1","sourceIp":"127.0.0.1","userAgent":"me"}""",
            context["http"]!.ToJsonString()
        );
        Assert.Equal(("{\"key\":\"value ü\"}", false), ((string?)e["body"], (bool)e["isBase64Encoded"]!));
    }

    [Theory]
    [InlineData("text/plain; charset=utf-8", "a", false)]
    [InlineData("application/xml", "a", false)]
    [InlineData("application/problem+json", "a", false)]
    [InlineData("application/x-www-form-urlencoded", "a", true)]
    [InlineData("image/png", "a", true)]
    [InlineData(null, "a", true)]
    public async Task Only_texts_are_passed_on_as_text(string? type, string body, bool isBase64)
    {
        var (name, host) = await MakeAsync();
        Answer(name, "1");

        await SendAsync(host, "POST / HTTP/1.1", type is null ? "" : $"Content-Type: {type}\r\n", body);

        var e = EventOf(name);
        Assert.Equal(isBase64, (bool)e["isBase64Encoded"]!);
        Assert.Equal(isBase64 ? Convert.ToBase64String(Encoding.UTF8.GetBytes(body)) : body, (string?)e["body"]);
    }

    public static TheoryData<string, int, string, string> Answers =>
        new()
        {
            { "\"Hello, world!\"", 200, "content-type: application/json", "\"Hello, world!\"" },
            { """{"message":"x"}""", 200, "content-type: application/json", """{"message":"x"}""" },
            { """{"statusCode":201,"body":"x"}""", 201, "content-type: application/json", "x" },
            { """{"statusCode":"404","headers":{"Content-Type":"text/html","X-N":7},"body":"<p>"}""", 404, "X-N: 7", "<p>" },
            { """{"statusCode":200,"body":"w7w=","isBase64Encoded":true}""", 200, "Content-Length: 2", "ü" },
            { """{"statusCode":200,"body":{"a":1}}""", 200, "content-type: application/json", """{"a":1}""" },
            { """{"statusCode":302,"headers":{"Location":"/x"}}""", 302, "Location: /x", "" },
            { """{"statusCode":204,"body":"dropped"}""", 204, "", "" },
            { """{"statusCode":200,"cookies":["a=1","b=2; Secure"]}""", 200, "Set-Cookie: b=2; Secure", "" },
            {
                """{"statusCode":200,"headers":{"Connection":"close","Content-Length":"99"},"body":"x"}""",
                200,
                "x-amzn-Remapped-content-length: 99",
                "x"
            },
            { """{"statusCode":200,"headers":{"X-A":"a\r\nX-B: b"}}""", 502, "", "Internal Server Error" },
            { """{"statusCode":42}""", 502, "", "Internal Server Error" },
            { """{"statusCode":200,"body":"?","isBase64Encoded":true}""", 502, "", "Internal Server Error" },
            { "no JSON", 502, "", "Internal Server Error" },
        };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task An_answer_is_what_the_result_says(string result, int status, string header, string body)
    {
        var (name, host) = await MakeAsync();
        Answer(name, result);

        var answer = await SendAsync(host, "GET / HTTP/1.1");

        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
        Assert.Contains(header, answer, StringComparison.OrdinalIgnoreCase);
        Assert.EndsWith($"\r\n\r\n{body}", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_function_that_fails_is_a_bad_gateway_and_one_that_is_throttled_says_when_to_come_again()
    {
        var (name, host) = await MakeAsync();
        cloud.Runtime.Run = static (_, _, _) => ValueTask.FromResult(ScriptedRuntime.Failure("""{"errorMessage":"secret"}"""));
        var failed = await SendAsync(host, "GET / HTTP/1.1");
        Assert.StartsWith("HTTP/1.1 502 ", failed, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", failed, StringComparison.Ordinal);

        await cloud.SendAsync(
            HttpMethod.Put,
            $"/2017-10-31/functions/{name}/concurrency",
            new JsonObject { ["ReservedConcurrentExecutions"] = 0 }
        );
        var throttled = await SendAsync(host, "GET / HTTP/1.1");
        Assert.StartsWith("HTTP/1.1 429 ", throttled, StringComparison.Ordinal);
        Assert.Contains("Retry-After: 1\r\n", throttled, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_is_let_in_without_both_permissions()
    {
        var (name, host) = await MakeAsync(isOpen: false);
        Answer(name, "1");
        async Task RefusedAsync()
        {
            var answer = await SendAsync(host, "GET / HTTP/1.1");
            Assert.StartsWith("HTTP/1.1 403 ", answer, StringComparison.Ordinal);
            Assert.Contains("x-amzn-ErrorType: AccessDeniedException", answer, StringComparison.Ordinal);
            Assert.EndsWith(
                """{"Message":"Forbidden. For troubleshooting Function URL authorization issues, see: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html"}""",
                answer,
                StringComparison.Ordinal
            );
        }

        await RefusedAsync();
        await AllowAsync(name, "url", "lambda:InvokeFunctionUrl", "FunctionUrlAuthType", "NONE");
        await RefusedAsync();
        await AllowAsync(name, "function", "lambda:InvokeFunction", "InvokedViaFunctionUrl", true);
        Assert.StartsWith("HTTP/1.1 200 ", await SendAsync(host, "GET / HTTP/1.1"), StringComparison.Ordinal);
        // The second permission is for calls by URL only.
        await cloud.SendAsync(HttpMethod.Delete, $"{Functions}/{name}/policy/url");
        await RefusedAsync();
    }

    [Fact]
    public async Task Who_signs_is_known_to_the_function_and_who_does_not_is_refused()
    {
        var (name, host) = await MakeAsync("AWS_IAM", isOpen: false);
        Answer(name, "1");
        Assert.StartsWith("HTTP/1.1 403 ", await SendAsync(host, "GET /a%20b?c=d HTTP/1.1"), StringComparison.Ordinal);

        var signed = await SendAsync(host, "GET /a%20b?c=d HTTP/1.1", SigningHandler.HeaderLines("GET", "/a%20b?c=d", host, []));

        Assert.StartsWith("HTTP/1.1 200 ", signed, StringComparison.Ordinal);
        var iam = EventOf(name)["requestContext"]!["authorizer"]!["iam"]!;
        Assert.Equal(("test", "444455556666"), ((string?)iam["accessKey"], (string?)iam["accountId"]));
        Assert.Equal("444455556666", (string?)EventOf(name)["requestContext"]!["accountId"]);
        // A signature is for one path.
        Assert.StartsWith(
            "HTTP/1.1 403 ",
            await SendAsync(host, "GET /other HTTP/1.1", SigningHandler.HeaderLines("GET", "/a", host, [])),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task It_is_also_under_a_path_for_programs()
    {
        var (name, host) = await MakeAsync();
        Answer(name, "1");

        var answer = await SendAsync($"127.0.0.1:{Port}", $"GET /_daybreak/url/{host.Split('.')[0]}/x/y?z=1 HTTP/1.1");

        Assert.StartsWith("HTTP/1.1 200 ", answer, StringComparison.Ordinal);
        Assert.Equal(("/x/y", "z=1"), ((string?)EventOf(name)["rawPath"], (string?)EventOf(name)["rawQueryString"]));
        foreach (var header in new[] { "Sec-Fetch-Site: none", "Sec-Fetch-Site: same-origin", $"Origin: http://127.0.0.1:{Port}" })
        {
            Assert.StartsWith(
                "HTTP/1.1 403 ",
                await SendAsync($"127.0.0.1:{Port}", $"GET /_daybreak/url/{host.Split('.')[0]}/ HTTP/1.1", header + "\r\n"),
                StringComparison.Ordinal
            );
        }
        Assert.StartsWith(
            "HTTP/1.1 403 ",
            await SendAsync("rebound.example", $"GET /_daybreak/url/{host.Split('.')[0]}/ HTTP/1.1"),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("00000000000000000000000000000000.lambda-url.us-east-1.localhost")]
    [InlineData("{id}.lambda-url.eu-west-1.localhost")]
    public async Task Of_an_address_that_is_none_nothing_is_told(string host)
    {
        var (_, own) = await MakeAsync();

        var answer = await SendAsync(host.Replace("{id}", own.Split('.')[0], StringComparison.Ordinal), "GET /_daybreak/status HTTP/1.1");

        Assert.StartsWith("HTTP/1.1 403 ", answer, StringComparison.Ordinal);
        Assert.EndsWith("""{"Message":null}""", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Under_the_host_of_a_url_everything_goes_to_the_function()
    {
        var (name, host) = await MakeAsync();
        Answer(name, "1");

        await SendAsync(host, "GET /_daybreak/status HTTP/1.1");
        Assert.Equal("/_daybreak/status", (string?)EventOf(name)["rawPath"]);
        await SendAsync(host, $"GET {Functions} HTTP/1.1", SigningHandler.HeaderLines("GET", Functions, host, []));
        Assert.Equal(Functions, (string?)EventOf(name)["rawPath"]);
    }

    [Theory]
    [InlineData("Sec-Fetch-Site: none", 200)] // somebody types the address
    [InlineData("Sec-Fetch-Site: same-origin", 200)] // a page that the function has sent
    [InlineData("Origin: http://{host}\r\nSec-Fetch-Site: same-origin", 200)]
    [InlineData("Origin: http://app.example\r\nSec-Fetch-Site: cross-site", 200)] // CORS names it
    [InlineData("Origin: http://evil.example\r\nSec-Fetch-Site: cross-site", 403)]
    [InlineData("Origin: null\r\nSec-Fetch-Site: cross-site", 403)]
    [InlineData("Origin: http://127.0.0.1:{port}\r\nSec-Fetch-Site: cross-site", 403)]
    [InlineData("Sec-Fetch-Site: cross-site", 403)] // an image of a page, or a link in it
    [InlineData("Sec-Fetch-Site: same-site", 403)] // another function's page
    public async Task A_page_calls_only_if_CORS_names_it(string headers, int status)
    {
        var (name, host) = await MakeAsync(cors: new JsonObject { ["AllowOrigins"] = new JsonArray("http://app.example") });
        Answer(name, "1");
        headers = headers.Replace("{host}", host, StringComparison.Ordinal).Replace("{port}", Port, StringComparison.Ordinal);

        var answer = await SendAsync(host, "GET / HTTP/1.1", headers + "\r\n");

        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
        Assert.Equal(
            headers.Contains("app.example", StringComparison.Ordinal),
            answer.Contains("Access-Control-Allow-Origin: http://app.example\r\n", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_preflight_is_answered_without_the_function()
    {
        var (name, host) = await MakeAsync(
            cors: new JsonObject
            {
                ["AllowOrigins"] = new JsonArray("*"),
                ["AllowMethods"] = new JsonArray("GET", "POST"),
                ["AllowHeaders"] = new JsonArray("x-own"),
                ["ExposeHeaders"] = new JsonArray("x-seen"),
                ["AllowCredentials"] = true,
                ["MaxAge"] = 60,
            }
        );
        Answer(name, """{"statusCode":200,"headers":{"Access-Control-Allow-Origin":"http://own.example"}}""");
        const string Page = "Origin: http://a.example\r\nSec-Fetch-Site: cross-site\r\n";

        var preflight = await SendAsync(host, "OPTIONS / HTTP/1.1", Page + "Access-Control-Request-Method: POST\r\n");
        Assert.StartsWith("HTTP/1.1 200 ", preflight, StringComparison.Ordinal);
        foreach (
            var line in new[]
            {
                "Access-Control-Allow-Origin: http://a.example",
                "Access-Control-Allow-Credentials: true",
                "Access-Control-Allow-Methods: GET,POST",
                "Access-Control-Allow-Headers: x-own",
                "Access-Control-Max-Age: 60",
            }
        )
            Assert.Contains($"\r\n{line}\r\n", preflight, StringComparison.Ordinal);
        Assert.DoesNotContain(cloud.Runtime.Calls, call => call.Function.FunctionName == name);

        // The settings of the URL come before what the function says.
        var answer = await SendAsync(host, "GET / HTTP/1.1", Page);
        Assert.Contains("Access-Control-Allow-Origin: http://a.example\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("Access-Control-Expose-Headers: x-seen\r\n", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("own.example", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_deleted_is_gone_with_its_urls()
    {
        var (name, host) = await MakeAsync();
        Answer(name, "1");
        await cloud.SendAsync(HttpMethod.Delete, $"{Functions}/{name}");
        await cloud.CreateAsync(name);

        Assert.EndsWith("""{"Message":null}""", await SendAsync(host, "GET / HTTP/1.1"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await cloud.SendAsync(HttpMethod.Get, $"/2021-10-31/functions/{name}/url")).Status);
    }

    private string Port => cloud.Host.Endpoint.Port.ToString(CultureInfo.InvariantCulture);

    private void Answer(string name, string result) =>
        cloud.Runtime.Run = (function, _, _) =>
        {
            Assert.Equal(name, function.FunctionName);
            return ValueTask.FromResult(ScriptedRuntime.Result(Encoding.UTF8.GetBytes(result)));
        };

    private JsonNode EventOf(string name) =>
        JsonNode.Parse(cloud.Runtime.Calls.Last(call => call.Function.FunctionName == name).Invocation.Payload.Span)!;

    /// <returns>The function, and the host with the port of its URL.</returns>
    private async Task<(string Name, string Host)> MakeAsync(string authType = "NONE", bool isOpen = true, JsonObject? cors = null)
    {
        var name = await cloud.CreateAsync();
        var request = new JsonObject { ["AuthType"] = authType };
        if (cors is not null)
            request["Cors"] = cors;
        var made = await cloud.SendAsync(HttpMethod.Post, $"/2021-10-31/functions/{name}/url", request);
        Assert.True(made.Status == HttpStatusCode.Created, made.Text);
        if (isOpen)
        {
            await AllowAsync(name, "url", "lambda:InvokeFunctionUrl", "FunctionUrlAuthType", authType);
            await AllowAsync(name, "function", "lambda:InvokeFunction", "InvokedViaFunctionUrl", true);
        }
        return (name, new Uri((string)made.Json["FunctionUrl"]!).Authority);
    }

    private async Task AllowAsync(string name, string sid, string action, string condition, JsonNode value)
    {
        var permission = new JsonObject
        {
            ["StatementId"] = sid,
            ["Action"] = action,
            ["Principal"] = "*",
            [condition] = value,
        };
        var added = await cloud.SendAsync(HttpMethod.Post, $"{Functions}/{name}/policy", permission);
        Assert.True(added.Status == HttpStatusCode.Created, added.Text);
    }

    // Over a plain connection, since a browser's headers are none that HttpClient would send.
    private async Task<string> SendAsync(string host, string line, string headers = "", string body = "")
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, cloud.Host.Endpoint.Port, TestContext.Current.CancellationToken);
        await using var stream = client.GetStream();
        var bytes = Encoding.UTF8.GetBytes(body);
        if (headers.StartsWith("Host: ", StringComparison.Ordinal) || headers.Contains("\r\nHost: ", StringComparison.Ordinal))
            host = "";
        var own = host.Length == 0 ? "" : $"Host: {host}\r\n";
        var length = bytes.Length == 0 ? "" : $"Content-Length: {bytes.Length}\r\n";
        await stream.WriteAsync(
            (byte[])[.. Encoding.UTF8.GetBytes($"{line}\r\n{own}{headers}{length}Connection: close\r\n\r\n"), .. bytes],
            TestContext.Current.CancellationToken
        );
        return await new StreamReader(stream).ReadToEndAsync(TestContext.Current.CancellationToken);
    }
}
