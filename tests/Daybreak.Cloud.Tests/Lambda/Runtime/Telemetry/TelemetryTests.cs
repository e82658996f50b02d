using System.Text.Json.Nodes;
using Daybreak.Cloud.Lambda.Runtime;

namespace Daybreak.Cloud.Tests.Lambda.Runtime.Telemetry;

/// <summary>A real extension that listens for what it subscribes to.</summary>
[Trait("Pace", "slow")]
public sealed class TelemetryTests
{
    // Writes the records into /tmp/seen, which the function reads, and waits for the end of each invocation, as real ones do.
    private const string Program = """
        #!/usr/bin/python3
        import http.server, json, os, sys, tempfile, threading, urllib.request
        api = 'http://' + os.environ['AWS_LAMBDA_RUNTIME_API'] + '/'
        seen = open(os.path.join(tempfile.gettempdir(), 'seen'), 'a')
        done = threading.Event()
        class Listener(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                for record in json.loads(self.rfile.read(int(self.headers['Content-Length']))):
                    seen.write(json.dumps(record) + '\n')
                    seen.flush()
                    if record['type'] in ('platform.runtimeDone', 'platform.end'):
                        done.set()
                self.send_response(200)
                self.send_header('Content-Length', '0')
                self.end_headers()
            def log_message(self, *arguments):
                pass
        server = http.server.HTTPServer(('HOST', PORT), Listener)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        def call(method, path, body=None, **headers):
            headers = {'Lambda-Extension-' + name: value for name, value in headers.items()}
            request = urllib.request.Request(api + path, body and json.dumps(body).encode(), headers, method=method)
            with urllib.request.urlopen(request) as answer:
                return answer.headers, json.load(answer)
        id = call('POST', '2020-01-01/extension/register', {'events': ['INVOKE', 'SHUTDOWN']}, Name='watcher')[0]['Lambda-Extension-Identifier']
        print('extension speaks', flush=True)
        call('PUT', 'PATH', {'schemaVersion': 'SCHEMA', 'types': ['platform', 'function', 'extension'], 'buffering': {'timeoutMs': 25},
            'destination': {'protocol': 'HTTP', 'URI': 'http://HOST:%d' % server.server_address[1]}}, Identifier=id)
        while True:
            event = call('GET', '2020-01-01/extension/event/next', Identifier=id)[1]
            if event['eventType'] == 'SHUTDOWN':
                print('saw', [json.loads(line)['type'] for line in open(seen.name)][-1], flush=True)
                sys.exit()
            WAIT
            done.clear()
        """;

    private const string Reader = """
        import os, tempfile
        print('init speaks')
        def handler(event, context):
            print('function speaks')
            return open(os.path.join(tempfile.gettempdir(), 'seen')).read()
        """;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Extension_gets_what_it_subscribes_to(bool inSandbox)
    {
        await using var host = await FunctionHost.StartAsync(inSandbox);
        var function = WithExtension(host, "2022-07-01/telemetry", "2022-12-13");

        var first = await host.InvokeAsync(function);
        var records = RecordsIn((await host.InvokeAsync(function)).Payload);

        Assert.Contains("TELEMETRY\tName: watcher\tState: Subscribed\tTypes: [Platform, Function, Extension]\n", host.Messages);
        Assert.Contains("extension speaks\n", host.Messages);
        string[] expected =
        [
            "platform.initStart",
            "extension",
            "platform.telemetrySubscription",
            "function",
            "platform.extension",
            "platform.initRuntimeDone",
            "platform.initReport",
            "platform.start",
            "function",
            "platform.runtimeDone",
        ];
        var types = records.Select(static record => (string)record["type"]!).ToArray();
        // What the extension and the runtime do in init happens at the same time.
        Assert.Equal(expected.Order(), types[..expected.Length].Order());
        Assert.Equal(expected[4..], types[4..expected.Length]);
        Assert.Equal("platform.initStart", types[0]);
        Assert.Equal(
            """{"name":"watcher","state":"Subscribed","types":["platform","function","extension"]}""",
            Of("platform.telemetrySubscription")
        );
        Assert.Equal("""{"name":"watcher","state":"Ready","events":["INVOKE","SHUTDOWN"]}""", Of("platform.extension"));
        Assert.Equal("""{"initializationType":"on-demand","phase":"init","status":"success"}""", Of("platform.initRuntimeDone"));
        Assert.Equal($$"""{"requestId":"{{first.Id}}","version":"$LATEST"}""", Of("platform.start"));
        Assert.StartsWith(
            $$"""{"requestId":"{{first.Id}}","status":"success","metrics":{"durationMs":""",
            Of("platform.runtimeDone"),
            StringComparison.Ordinal
        );
        Assert.Equal(["extension speaks\n"], Lines("extension"));
        Assert.Equal(["init speaks\n", "function speaks\n"], Lines("function")[..2]);
        await host.Runtime.ResetAsync();
        Assert.Contains("saw platform.report\n", host.Messages); // before SHUTDOWN it got the last record

        string Of(string type) => records.First(record => (string)record["type"]! == type)["record"]!.ToJsonString();
        string[] Lines(string type) =>
            [.. records.Where(record => (string)record["type"]! == type).Select(static record => (string)record["record"]!)];
    }

    [Fact]
    public async Task Lines_of_a_function_that_logs_JSON_are_objects()
    {
        await using var host = await FunctionHost.StartAsync();
        var source = Reader.Replace("print('function speaks')", "__import__('logging').warning('structured')", StringComparison.Ordinal);
        var function = WithExtension(host, "2022-07-01/telemetry", "2022-12-13", source) with
        {
            JsonLogLevel = "INFO",
            JsonSystemLogLevel = "WARN",
        };

        await host.InvokeAsync(function);
        var records = RecordsIn((await host.InvokeAsync(function)).Payload);

        Assert.Equal(
            ["\"init speaks\\n\"", "structured"],
            records
                .Where(static record => (string)record["type"]! == "function")
                .Take(2)
                .Select(static record => record["record"] is JsonObject line ? (string?)line["message"] : record["record"]!.ToJsonString())
        );
        Assert.Contains(records, static record => (string)record["type"]! == "platform.start"); // which the level keeps from the log only
    }

    [Fact]
    public async Task The_older_Logs_API_has_its_own_records()
    {
        await using var host = await FunctionHost.StartAsync();
        var function = WithExtension(host, "2020-08-15/logs", "2020-08-15", wait: "pass");

        await host.InvokeAsync(function);
        Assert.Contains("LOGS\tName: watcher\tState: Subscribed\tTypes: [Platform, Function, Extension]\n", host.Messages);
        string[] types;
        do types = [.. RecordsIn((await host.InvokeAsync(function)).Payload).Select(static record => (string)record["type"]!)];
        while (types.Count(static type => type == "platform.report") < 2);

        Assert.Equal(
            [
                "extension",
                "function",
                "platform.end",
                "platform.extension",
                "platform.logsSubscription",
                "platform.report",
                "platform.start",
            ],
            types.Distinct().Order()
        );
    }

    [Fact]
    public async Task Extensions_of_several_environments_listen_at_the_same_port()
    {
        await using var host = await FunctionHost.StartAsync(inSandbox: true);

        Assert.Null((await host.InvokeAsync(WithExtension(host, "2022-07-01/telemetry", "2022-07-01", port: 4243))).FunctionError);
        Assert.Null((await host.InvokeAsync(WithExtension(host, "2022-07-01/telemetry", "2022-07-01", port: 4243))).FunctionError);
    }

    private static JsonNode[] RecordsIn(string payload) =>
        [
            .. ((string)JsonNode.Parse(payload)!)
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(static line => JsonNode.Parse(line)!),
        ];

    private static FunctionVersion WithExtension(
        FunctionHost host,
        string path,
        string schema,
        string source = Reader,
        string wait = "done.wait()",
        int port = 0
    )
    {
        var program = Program
            .Replace("PATH", path, StringComparison.Ordinal)
            .Replace("SCHEMA", schema, StringComparison.Ordinal)
            .Replace("PORT", $"{port}", StringComparison.Ordinal)
            .Replace("WAIT", wait, StringComparison.Ordinal)
            .Replace("HOST", host.IsSandboxed ? "sandbox.localdomain" : "127.0.0.1", StringComparison.Ordinal);
        var layer = host.Function("provided.al2023", "x", "extensions/watcher*", program);
        return host.Python(source) with { LayerDirectories = [layer.CodeDirectory] };
    }
}
