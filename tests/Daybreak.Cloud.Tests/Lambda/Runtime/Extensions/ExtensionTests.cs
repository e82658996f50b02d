using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Daybreak.Cloud.Lambda.Runtime;
using Daybreak.Cloud.Lambda.Runtime.Api;
using Daybreak.Cloud.Lambda.Runtime.Extensions;

namespace Daybreak.Cloud.Tests.Lambda.Runtime.Extensions;

/// <summary>Extensions in <c>/opt/extensions</c>, which are programs of their own, and their API.</summary>
[Trait("Pace", "slow")]
public sealed class ExtensionTests
{
    // Appends what it gets to /tmp/seen, which the function reads.
    private const string Program = """
        #!/usr/bin/python3
        import json, os, sys, tempfile, urllib.request
        api = 'http://' + os.environ['AWS_LAMBDA_RUNTIME_API'] + '/2020-01-01/extension/'
        def call(path, body=None, **headers):
            headers = {'Lambda-Extension-' + name.replace('_', '-'): value for name, value in headers.items()}
            request = urllib.request.Request(api + path, None if body is None else json.dumps(body).encode(), headers)
            with urllib.request.urlopen(request) as answer:
                return answer.headers, json.load(answer)
        headers, me = call('register', {'events': EVENTS}, Name=os.path.basename(sys.argv[0]))
        id = headers['Lambda-Extension-Identifier']
        print('registered', json.dumps(me), flush=True)
        BEFORE
        while True:
            event = call('event/next', Identifier=id)[1]
            with open(os.path.join(tempfile.gettempdir(), 'seen'), 'a') as seen:
                seen.write(event['eventType'] + ' ' + event.get('requestId', '') + '\n')
            if event['eventType'] == 'SHUTDOWN':
                print('ends by', event['shutdownReason'], flush=True)
                sys.exit()
            AFTER
        """;

    private const string Reader =
        "import os, tempfile\ndef handler(event, context): return open(os.path.join(tempfile.gettempdir(), 'seen')).read().split('\\n')";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Extension_learns_of_every_invocation_and_of_the_end(bool inSandbox)
    {
        await using var host = await FunctionHost.StartAsync(inSandbox);
        var function = WithExtension(host, Reader, "['INVOKE', 'SHUTDOWN']");

        var first = await host.InvokeAsync(function);
        var second = await host.InvokeAsync(function);

        // An invocation is over when the extension waits again, so that the second one sees that of the first.
        Assert.Contains($"INVOKE {first.Id}", second.Payload, StringComparison.Ordinal);
        Assert.Contains(
            """registered {"functionName": "fn", "functionVersion": "$LATEST", "handler": "h.handler"}""" + "\n",
            host.Messages
        );
        Assert.Contains("EXTENSION\tName: watcher\tState: Ready\tEvents: [INVOKE,SHUTDOWN]\n", host.Messages);
        await host.Runtime.ResetAsync();
        Assert.Contains("ends by spindown\n", host.Messages);
    }

    [Fact]
    public async Task Init_waits_for_extensions_and_fails_with_them()
    {
        await using var host = await FunctionHost.StartAsync();
        var function = WithExtension(
            host,
            "def handler(event, context): return 1",
            "['INVOKE']",
            before: "call('init/error', {'errorMessage': 'no luck', 'errorType': 'Extension.Unlucky'}, Identifier=id, Function_Error_Type='Extension.Unlucky'); sys.exit(3)"
        );

        var answer = await host.InvokeAsync(function);

        AssertFailed(host, answer, "Extension.InitError", "exit status 3");
        Assert.Contains("EXTENSION\tName: watcher\tState: InitError\tEvents: [INVOKE]\tError Type: Extension.Unlucky\n", host.Messages);
        Assert.All(
            host.Messages.Where(static message => message.StartsWith("INIT_REPORT", StringComparison.Ordinal)),
            static message => Assert.Contains("Error Type: Extension.InitError", message, StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("sys.exit()", "exit code 0", true)]
    [InlineData("sys.exit(7)", "exit status 7", true)]
    [InlineData("sys.exit(7)", "exit status 7", false)]
    [InlineData("print('last words', end='', flush=True); os.kill(os.getpid(), 11)", "signal: segmentation fault", true)]
    public async Task End_of_an_extension_in_init_is_noticed_at_once(string end, string reason, bool inSandbox)
    {
        await using var host = await FunctionHost.StartAsync(inSandbox);
        var layer = host.Function("provided.al2023", "x", "extensions/watcher*", $"#!/usr/bin/python3\nimport os, sys\n{end}\n");
        var function = host.Python("def handler(event, context): return 1") with { LayerDirectories = [layer.CodeDirectory] };

        var answer = await host.InvokeAsync(function);

        AssertFailed(host, answer, "Extension.Crash", reason);
        Assert.Contains("EXTENSION\tName: watcher\tState: Started\tEvents: []\n", host.Messages);
        string[] reports = [.. host.Messages.Where(static message => message.StartsWith("INIT_REPORT", StringComparison.Ordinal))];
        Assert.Equal(2, reports.Length); // of init, and of its repetition in the invocation
        Assert.All(
            reports,
            static report => Assert.Contains("Status: error\tError Type: Extension.Crash", report, StringComparison.Ordinal)
        );
        // The shell may add the name of the signal.
        Assert.Equal(
            end.Contains("words", StringComparison.Ordinal),
            host.Messages.Any(static message => message.StartsWith("last words", StringComparison.Ordinal))
        );
        Assert.DoesNotContain(host.Messages, static message => message.Contains('\u0001', StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(
        "call('exit/error', {}, Identifier=id, Function_Error_Type='Extension.Tired'); sys.exit(1)",
        "Extension.ExitError",
        "exit status 1"
    )]
    [InlineData("sys.exit(5)", "Extension.Crash", "exit status 5")]
    public async Task End_of_an_extension_fails_the_invocation_and_ends_the_environment(string end, string type, string reason)
    {
        await using var host = await FunctionHost.StartAsync();
        var function = WithExtension(host, "def handler(event, context): return 1", "['INVOKE']", after: end);

        var answer = await host.InvokeAsync(function);

        AssertFailed(host, answer, type, reason);
        Assert.Contains(
            host.Messages,
            message =>
                message.StartsWith("REPORT", StringComparison.Ordinal) && message.Contains($"Error Type: {type}", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Environment_whose_extension_ends_while_it_is_idle_is_replaced()
    {
        await using var host = await FunctionHost.StartAsync();
        var function = WithExtension(
            host,
            "def handler(event, context): return 1",
            "['INVOKE']",
            after: "import threading; threading.Timer(0.2, lambda: os._exit(4)).start()"
        );

        Assert.Equal("1", (await host.InvokeAsync(function)).Payload);
        while (FunctionProcess.Of(host).Any())
            await Task.Delay(20, TestContext.Current.CancellationToken);
        Assert.Equal("1", (await host.InvokeAsync(function)).Payload);

        Assert.Equal(2, host.Messages.Count(static message => message.StartsWith("INIT_START", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Extension_that_goes_on_working_uses_up_the_time_of_the_function()
    {
        await using var host = await FunctionHost.StartAsync();
        var function = WithExtension(
            host,
            "def handler(event, context): return 1",
            "['INVOKE']",
            after: "import threading; threading.Event().wait()"
        ) with
        {
            Timeout = TimeSpan.FromSeconds(1),
        };

        var answer = await host.InvokeAsync(function);

        Assert.Contains("Sandbox.Timedout", answer.Payload, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_call_of_an_extension_is_refused()
    {
        await using var host = await FunctionHost.StartAsync();
        var extensions = new ExtensionExchange(host.Python(""), ["external"], Relays.New());
        using var server = new RuntimeApiServer(new RuntimeExchange(), extensions);
        using var http = new HttpClient { BaseAddress = new Uri($"http://{server.Address}/") };

        Assert.Equal("Extension.InvalidExtensionName", await RefusedAsync("POST", "2020-01-01/extension/register", "{}"));
        Assert.Equal("InvalidRequestFormat", await RefusedAsync("POST", "2020-01-01/extension/register", "{", ("Name", "x")));
        Assert.Equal(
            "Extension.InvalidEventType",
            await RefusedAsync("POST", "2020-01-01/extension/register", """{"events":["X"]}""", ("Name", "x"))
        );
        Assert.Equal(
            "Extension.InvalidEventType",
            await RefusedAsync("POST", "2020-01-01/extension/register", """{"events":["SHUTDOWN"]}""", ("Name", "internal"))
        );
        Assert.Equal("Extension.MissingExtensionIdentifier", await RefusedAsync("GET", "2020-01-01/extension/event/next", null));
        Assert.Equal(
            "Extension.InvalidExtensionIdentifier",
            await RefusedAsync("GET", "2020-01-01/extension/event/next", null, ("Identifier", "x"))
        );
        Assert.Equal(
            "Extension.UnknownExtensionIdentifier",
            await RefusedAsync("GET", "2020-01-01/extension/event/next", null, ("Identifier", $"{Guid.NewGuid()}"))
        );
        Assert.Equal("Extension.MissingExtensionIdentifier", await RefusedAsync("PUT", "2022-07-01/telemetry", "{}"));
        var lastId = "";
        for (var count = 0; count < 10; count++)
        {
            using var registered = await SendAsync(
                "POST",
                "2020-01-01/extension/register",
                """{"events":["INVOKE"]}""",
                ("Name", $"x{count}"),
                ("Accept-Feature", "accountId")
            );
            Assert.Equal(HttpStatusCode.OK, registered.StatusCode);
            Assert.Contains("\"accountId\":\"444455556666\"", await Text(registered), StringComparison.Ordinal);
            var id = registered.Headers.GetValues("Lambda-Extension-Identifier").Single();
            Assert.Equal(
                "Extension.MissingHeader",
                await RefusedAsync("POST", "2020-01-01/extension/exit/error", "{}", ("Identifier", id))
            );
            using var telemetry = await SendAsync("PUT", "2022-07-01/telemetry", "{}", ("Identifier", id));
            Assert.Equal(HttpStatusCode.BadRequest, telemetry.StatusCode);
            Assert.Equal(
                """{"errorMessage":"schemaVersion is not valid; destination is not provided; types should not be empty","errorType":"ValidationError"}""",
                await Text(telemetry)
            );
            lastId = id;
        }
        Assert.Equal("Extension.TooManyExtensions", await RefusedAsync("POST", "2020-01-01/extension/register", "{}", ("Name", "x10")));
        extensions.CloseRegistration();
        Assert.Equal("Extension.RegistrationClosed", await RefusedAsync("POST", "2020-01-01/extension/register", "{}", ("Name", "late")));
        Assert.Equal("Telemetry.SubscriptionClosed", await RefusedAsync("PUT", "2022-07-01/telemetry", "{}", ("Identifier", lastId)));
        Assert.Equal("Logs.SubscriptionClosed", await RefusedAsync("PUT", "2020-08-15/logs", "{}", ("Identifier", lastId)));

        async Task<string?> RefusedAsync(string method, string path, string? body, params (string Name, string Value)[] headers)
        {
            using var answer = await SendAsync(method, path, body, headers);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
            return (string?)JsonNode.Parse(await Text(answer))!["errorType"];
        }

        Task<HttpResponseMessage> SendAsync(string method, string path, string? body, params (string Name, string Value)[] headers)
        {
            var request = new HttpRequestMessage(new HttpMethod(method), path);
            if (body is not null)
                request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            foreach (var (name, value) in headers)
                request.Headers.Add("Lambda-Extension-" + name, value);
            return http.SendAsync(request, TestContext.Current.CancellationToken);
        }

        static Task<string> Text(HttpResponseMessage answer) => answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    private static void AssertFailed(FunctionHost host, FunctionHost.Answer answer, string type, string reason)
    {
        Assert.Equal(
            ($$"""{"errorType":"{{type}}","errorMessage":"RequestId: {{answer.Id}} Error: {{reason}}"}""", "Unhandled"),
            (answer.Payload, answer.FunctionError)
        );
        Assert.Contains($"RequestId: {answer.Id} Error: {reason}\n{type}\n", host.Messages);
    }

    private static FunctionVersion WithExtension(
        FunctionHost host,
        string source,
        string events,
        string before = "pass",
        string after = "pass"
    )
    {
        var program = Program
            .Replace("EVENTS", events, StringComparison.Ordinal)
            .Replace("BEFORE", before, StringComparison.Ordinal)
            .Replace("AFTER", after, StringComparison.Ordinal);
        var layer = host.Function("provided.al2023", "x", "extensions/watcher*", program, "extensions/README", "no program");
        return host.Python(source) with { LayerDirectories = [layer.CodeDirectory] };
    }
}
