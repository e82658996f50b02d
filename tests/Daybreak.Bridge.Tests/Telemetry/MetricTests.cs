using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Daybreak.Bridge.Tests.Parts;

namespace Daybreak.Bridge.Tests.Telemetry;

/// <summary>Metrics of the real program: by OTLP, on a port and on a Unix socket.</summary>
[Trait("Pace", "slow")]
public sealed class MetricTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    private BridgeProcess Start(IReadOnlyDictionary<string, string> variables) =>
        new(_directory.Path, BridgeProcess.Keys.Concat(variables).ToDictionary());

    private BridgeProcess StartWithPage(string host, int port = 9464) =>
        Start(
            new Dictionary<string, string>
            {
                ["OTEL_METRICS_EXPORTER"] = "prometheus",
                ["OTEL_EXPORTER_PROMETHEUS_HOST"] = host,
                ["OTEL_EXPORTER_PROMETHEUS_PORT"] = $"{port}",
            }
        );

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task<string> AskAsync(EndPoint at, string request)
    {
        using var socket =
            at is UnixDomainSocketEndPoint
                ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
                : new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(at, Cancel);
        await using var stream = new NetworkStream(socket);
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request), Cancel);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(Cancel);
    }

    [Fact]
    public async Task Calls_are_counted_and_timed_by_OTLP()
    {
        await using var collector = new Collector();
        await using var endpoint = ScriptedEndpoint.Answering(ScriptedEndpoint.Reply("\"the-answer\""));
        await using var bridge = Start(
            new Dictionary<string, string>
            {
                ["OTEL_EXPORTER_OTLP_METRICS_ENDPOINT"] = collector.Url + "/v1/metrics",
                ["OTEL_METRIC_EXPORT_INTERVAL"] = "50",
            }
        );
        using var client = await bridge.ConnectAsync();
        (await client.InvokeAsync(new Call { Endpoint = endpoint.Url })).ShouldBeResult();
        (await client.InvokeAsync(new Call { Endpoint = endpoint.Url })).ShouldBeResult();
        (await client.InvokeAsync(new Call { FunctionName = "a b" })).ShouldBeError("LM006");

        while (true)
        {
            var request = await collector.NextAsync();
            Assert.Equal("POST /v1/metrics HTTP/1.1", request.RequestLine);
            var metrics = new Wire(request.Body).Messages(1, 2, 2).ToDictionary(metric => metric.Text(1));
            if (!metrics.TryGetValue("rpc.client.call.duration", out var duration))
                continue;
            var points = duration.Messages(9, 1).ToDictionary(point => point.Attributes(9).GetValueOrDefault("error.type", ""));
            if (points.Count < 2 || BinaryPrimitives.ReadUInt64LittleEndian(points[""].Bytes(4)) < 2)
                continue;
            Assert.Equal("s", duration.Text(3));
            Assert.Equal("my-function", points[""].Attributes(9)["faas.invoked_name"]);
            Assert.Equal("us-west-2", points[""].Attributes(9)["faas.invoked_region"]);
            Assert.False(points["LM006"].Attributes(9).ContainsKey("faas.invoked_name"));
            Assert.Subset(
                metrics.Keys.ToHashSet(),
                new HashSet<string> { "daybreak.sessions", "daybreak.calls.in_flight", "daybreak.calls.waiting", "process.uptime" }
            );
            Assert.DoesNotMatch("the-answer|AKIDEXAMPLE|very-secret", Encoding.UTF8.GetString(request.Body));
            return;
        }
    }

    [Fact]
    public async Task Page_on_a_Unix_socket_is_its_owners_and_answers_any_name()
    {
        var path = Path.Combine(_directory.Path, "metrics");
        await using var endpoint = ScriptedEndpoint.Answering(ScriptedEndpoint.Reply("1"));
        await using var bridge = StartWithPage(path);
        (await bridge.InvokeAsync(new Call { Endpoint = endpoint.Url })).ShouldBeResult();
        await bridge.HasLoggedAsync("metrics at ");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));

        var page = await AskAsync(new UnixDomainSocketEndPoint(path), "GET /metrics HTTP/1.1\r\nHost: whatever.example\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 200 OK\r\nContent-Type: text/plain; version=0.0.4; charset=utf-8\r\n", page, StringComparison.Ordinal);
        Assert.Matches("target_info\\{.*service_name=\"daybreak-bridge\".*\\} 1\n", page);
        Assert.Matches("\nrpc_client_call_duration_seconds_bucket\\{.*faas_invoked_name=\"my-function\".*le=\"\\+Inf\",\\} 1\n", page);
        Assert.Matches("\nrpc_client_call_duration_seconds_count\\{[^}]*\\} 1\n", page);
        Assert.Matches("\n# TYPE process_cpu_time_seconds_total counter\nprocess_cpu_time_seconds_total\\{\\} [0-9.E-]+\n", page);
        Assert.Matches("\ndaybreak_calls_in_flight\\{\\} 0\n", page);
        Assert.Matches(
            "\nhttp_client_open_connections\\{http_connection_state=\"idle\",server_address=\"127.0.0.1\",server_port=\"[0-9]+\",\\} 1\n",
            page
        );
    }

    [Theory]
    [InlineData("127.0.0.1", "GET /metrics HTTP/1.1\r\nHost: localhost:1\r\n\r\n", "200 OK")]
    [InlineData("localhost", "GET /metrics HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", "200 OK")]
    [InlineData("::1", "GET /metrics?x=1 HTTP/1.1\r\nHost: [::1]:9464\r\n\r\n", "200 OK")]
    [InlineData("localhost", "HEAD /metrics HTTP/1.1\r\nHost: LOCALHOST\r\n\r\n", "200 OK")]
    [InlineData("localhost", "GET /metrics HTTP/1.1\r\nHost: rebound.example:9464\r\n\r\n", "421 Misdirected Request")]
    [InlineData("localhost", "GET /metrics HTTP/1.1\r\nHost: localhost.example\r\n\r\n", "421 Misdirected Request")]
    [InlineData("localhost", "GET /metrics HTTP/1.1\r\nHost: 192.0.2.1\r\n\r\n", "421 Misdirected Request")]
    [InlineData("localhost", "GET /metrics HTTP/1.1\r\n\r\n", "421 Misdirected Request")]
    [InlineData("localhost", "GET /metrics HTTP/1.1\r\nHost: localhost\r\nHost: a.example\r\n\r\n", "421 Misdirected Request")]
    [InlineData("localhost", "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", "404 Not Found")]
    [InlineData("localhost", "POST /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n", "405 Method Not Allowed")]
    [InlineData("localhost", "hello\r\n\r\n", "400 Bad Request")]
    public async Task Page_on_a_port_answers_names_of_the_loopback_interface_only(string host, string request, string status)
    {
        var port = FreePort();
        await using var bridge = StartWithPage(host, port);
        await bridge.HasLoggedAsync("metrics at ");

        var answer = await AskAsync(new IPEndPoint(host == "::1" ? IPAddress.IPv6Loopback : IPAddress.Loopback, port), request);

        Assert.StartsWith($"HTTP/1.1 {status}\r\n", answer, StringComparison.Ordinal);
        Assert.Equal(
            status == "200 OK" && !request.StartsWith("HEAD", StringComparison.Ordinal),
            answer.Contains("target_info", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Port_that_is_taken_keeps_no_call_and_is_taken_over_later()
    {
        using var other = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        other.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        other.Listen();
        var port = ((IPEndPoint)other.LocalEndPoint!).Port;
        await using var endpoint = ScriptedEndpoint.Answering(ScriptedEndpoint.Reply("1"));
        await using var bridge = StartWithPage("localhost", port);
        (await bridge.InvokeAsync(new Call { Endpoint = endpoint.Url })).ShouldBeResult();
        await bridge.HasLoggedAsync("cannot show metrics at ");
        other.Dispose();
        await bridge.HasLoggedAsync("\"metrics at ");
        Assert.Single(Regex.Matches(bridge.Errors, "cannot show metrics"));
    }

    [Theory]
    [InlineData("OTEL_EXPORTER_PROMETHEUS_HOST", "0.0.0.0")]
    [InlineData("OTEL_EXPORTER_PROMETHEUS_HOST", "db.example")]
    [InlineData("OTEL_EXPORTER_PROMETHEUS_PORT", "65536")]
    [InlineData("OTEL_METRICS_EXPORTER", "console")]
    public async Task What_is_not_done_is_said_and_calls_go_on(string name, string value)
    {
        await using var endpoint = ScriptedEndpoint.Answering(ScriptedEndpoint.Reply("1"));
        await using var bridge = Start(new Dictionary<string, string> { ["OTEL_METRICS_EXPORTER"] = "prometheus", [name] = value });
        (await bridge.InvokeAsync(new Call { Endpoint = endpoint.Url })).ShouldBeResult();
        await bridge.HasLoggedAsync(name);
        Assert.DoesNotContain("metrics at ", bridge.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("OTEL_SDK_DISABLED", "TRUE")]
    [InlineData("OTEL_METRICS_EXPORTER", "none")]
    public async Task Nothing_is_shown_when_it_is_off(string name, string value)
    {
        var path = Path.Combine(_directory.Path, "metrics");
        await using var endpoint = ScriptedEndpoint.Answering(ScriptedEndpoint.Reply("1"));
        await using var bridge = Start(
            new Dictionary<string, string>
            {
                ["OTEL_METRICS_EXPORTER"] = "prometheus",
                ["OTEL_EXPORTER_PROMETHEUS_HOST"] = path,
                [name] = value,
            }
        );
        (await bridge.InvokeAsync(new Call { Endpoint = endpoint.Url })).ShouldBeResult();
        await bridge.HasLoggedAsync("bridge started");
        Assert.False(File.Exists(path));
    }
}
