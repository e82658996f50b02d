using System.Text;
using System.Text.RegularExpressions;
using Daybreak.Bridge.Tests.Parts;

namespace Daybreak.Bridge.Tests.Telemetry;

/// <summary>Spans of the real program, as a collector receives them.</summary>
[Trait("Pace", "slow")]
public sealed class TraceTests : IDisposable
{
    private const string Caller = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private readonly TemporaryDirectory _directory = new();
    private readonly List<EndpointRequest> _invocations = [];

    public void Dispose() => _directory.Dispose();

    private ScriptedEndpoint Lambda(string reply) =>
        new(async peer =>
        {
            while (await peer.ReadRequestAsync() is { } request)
            {
                _invocations.Add(request);
                await peer.SendAsync(reply);
            }
        });

    private BridgeProcess Start(string collector, params (string Name, string Value)[] variables) =>
        new(
            _directory.Path,
            BridgeProcess
                .Keys.Append(new("OTEL_EXPORTER_OTLP_ENDPOINT", collector))
                .Append(new("OTEL_METRICS_EXPORTER", "none"))
                .Append(new("OTEL_BSP_SCHEDULE_DELAY", "20"))
                .Concat(variables.Select(variable => KeyValuePair.Create(variable.Name, variable.Value)))
                .ToDictionary()
        );

    [Fact]
    public async Task Span_of_a_call_is_below_the_callers_and_above_the_functions()
    {
        await using var collector = new Collector();
        await using var lambda = Lambda(ScriptedEndpoint.Reply("\"the answer\"", "x-amzn-RequestId: 8b5a\r\n"));
        await using var bridge = Start(collector.Url, ("OTEL_RESOURCE_ATTRIBUTES", "deployment.environment.name=test"));
        var call = new Call
        {
            Endpoint = lambda.Url,
            TraceParent = Caller,
            Qualifier = "live",
            LogContext = "a/b/app/42",
            Payload = "\"the-payload\""u8.ToArray(),
            Context = "{\"custom\":{\"k\":\"the-context\"}}",
        };
        (await bridge.InvokeAsync(call)).ShouldBeResult();

        var request = await collector.NextAsync();
        var resource = new Wire(request.Body).Messages(1, 1).Single().Attributes(1);
        Assert.Equal("daybreak-bridge", resource["service.name"]);
        Assert.Equal("test", resource["deployment.environment.name"]);
        Assert.Equal("Daybreak.Bridge", new Wire(request.Body).Messages(1, 2, 1).Single().Text(1));
        var span = new Wire(request.Body).Messages(1, 2, 2).Single();
        Assert.Equal("0af7651916cd43dd8448eb211c80319c", span.Hex(1));
        Assert.Equal("b7ad6b7169203331", span.Hex(4));
        Assert.Equal(("Lambda.Invoke", 3ul), (span.Text(5), span.Number(6)));
        var port = new Uri(lambda.Url).Port;
        Assert.Equal(
            new SortedDictionary<string, string>
            {
                ["aws.request_id"] = "8b5a",
                ["cloud.region"] = "us-west-2",
                ["daybreak.backend_pid"] = "42",
                ["daybreak.database"] = "a/b",
                ["daybreak.invocation_type"] = "RequestResponse",
                ["daybreak.qualifier"] = "live",
                ["daybreak.user"] = "app",
                ["faas.invoked_name"] = "my-function",
                ["faas.invoked_provider"] = "aws",
                ["faas.invoked_region"] = "us-west-2",
                ["http.response.status_code"] = "200",
                ["rpc.method"] = "Lambda/Invoke",
                ["rpc.system.name"] = "aws-api",
                ["server.address"] = "127.0.0.1",
                ["server.port"] = $"{port}",
            },
            new SortedDictionary<string, string>(span.Attributes(9))
        );
        Assert.Equal(
            $"Root=1-0af76519-16cd43dd8448eb211c80319c;Parent={span.Hex(2)};Sampled=1",
            Assert.Single(_invocations).Header("X-Amzn-Trace-Id")
        );
        var sent = Encoding.UTF8.GetString(request.Body) + request.Head;
        Assert.DoesNotMatch("the-payload|the-context|the answer|AKIDEXAMPLE|very-secret", sent);
    }

    [Fact]
    public async Task Call_of_no_trace_begins_one()
    {
        await using var collector = new Collector();
        await using var lambda = Lambda(ScriptedEndpoint.Reply("1"));
        await using var bridge = Start(collector.Url);
        using var client = await bridge.ConnectAsync();
        for (var i = 0; i < 2; i++)
        {
            (await client.InvokeAsync(new Call { Endpoint = lambda.Url })).ShouldBeResult();
            var span = await collector.NextSpanAsync();
            Assert.Equal("", span.Hex(4));
            Assert.Equal(
                $"Root=1-{span.Hex(1)[..8]}-{span.Hex(1)[8..]};Parent={span.Hex(2)};Sampled=1",
                _invocations[i].Header("X-Amzn-Trace-Id")
            );
        }
    }

    [Fact]
    public async Task Failure_is_an_error_without_what_the_function_said()
    {
        await using var collector = new Collector();
        await using var lambda = Lambda(ScriptedEndpoint.Reply("{\"errorMessage\":\"the-secret\"}", "X-Amz-Function-Error: Unhandled\r\n"));
        await using var bridge = Start(collector.Url);
        (await bridge.InvokeAsync(new Call { Endpoint = lambda.Url })).ShouldBeError("LM100");
        var request = await collector.NextAsync();
        var span = new Wire(request.Body).Messages(1, 2, 2).Single();
        Assert.Equal("LM100", span.Attributes(9)["error.type"]);
        var status = span.Messages(15).Single();
        Assert.Equal(("lambda invocation failed", 2ul), (status.Text(2), status.Number(3)));
        Assert.DoesNotContain("the-secret", Encoding.UTF8.GetString(request.Body), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00", "parentbased_always_on")]
    [InlineData(Caller, "always_off")]
    public async Task What_is_not_sampled_goes_to_the_function_as_such_and_not_to_the_collector(string caller, string sampler)
    {
        await using var collector = new Collector();
        await using var lambda = Lambda(ScriptedEndpoint.Reply("1"));
        await using (var bridge = Start(collector.Url, ("OTEL_TRACES_SAMPLER", sampler)))
        {
            (await bridge.InvokeAsync(new Call { Endpoint = lambda.Url, TraceParent = caller })).ShouldBeResult();
            bridge.CloseInput();
            Assert.Equal(0, await bridge.ExitCodeAsync());
        }
        Assert.Matches(
            "^Root=1-0af76519-16cd43dd8448eb211c80319c;Parent=[0-9a-f]{16};Sampled=0$",
            Assert.Single(_invocations).Header("X-Amzn-Trace-Id")!
        );
        Assert.Equal(0, collector.Requests);
    }

    [Theory]
    [InlineData("OTEL_SDK_DISABLED", "true")]
    [InlineData("OTEL_TRACES_EXPORTER", "none")]
    public async Task Nothing_is_exported_and_a_trace_goes_on_when_it_is_off(string name, string value)
    {
        await using var collector = new Collector();
        await using var lambda = Lambda(ScriptedEndpoint.Reply("1"));
        await using (var bridge = Start(collector.Url, (name, value)))
        {
            (await bridge.InvokeAsync(new Call { Endpoint = lambda.Url, TraceParent = Caller })).ShouldBeResult();
            bridge.CloseInput();
            Assert.Equal(0, await bridge.ExitCodeAsync());
        }
        Assert.Equal(
            "Root=1-0af76519-16cd43dd8448eb211c80319c;Parent=b7ad6b7169203331;Sampled=1",
            Assert.Single(_invocations).Header("X-Amzn-Trace-Id")
        );
        Assert.Equal(0, collector.Requests);
    }

    [Fact]
    public async Task Variables_of_the_signal_come_before_those_of_all()
    {
        await using var collector = new Collector();
        await using var lambda = Lambda(ScriptedEndpoint.Reply("1"));
        await using var bridge = Start(
            "http://127.0.0.1:1",
            ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", collector.Url + "/own/path"),
            ("OTEL_EXPORTER_OTLP_HEADERS", "x-key=of-all"),
            ("OTEL_EXPORTER_OTLP_TRACES_HEADERS", "x-key=of-traces")
        );
        (await bridge.InvokeAsync(new Call { Endpoint = lambda.Url })).ShouldBeResult();
        var request = await collector.NextAsync();
        Assert.Equal("POST /own/path HTTP/1.1", request.RequestLine);
        Assert.Equal("of-traces", request.Header("x-key"));
        Assert.DoesNotContain("of-traces", bridge.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Collector_that_fails_is_told_of_once_and_its_return_too()
    {
        await using var collector = new Collector();
        collector.Answer("400 Bad Request");
        await using var lambda = Lambda(ScriptedEndpoint.Reply("1"));
        await using var bridge = Start(collector.Url);
        using var client = await bridge.ConnectAsync();
        var call = new Call { Endpoint = lambda.Url };
        for (var before = 0; before < 3; before = collector.Requests)
            (await client.InvokeAsync(call)).ShouldBeResult();
        await bridge.HasLoggedAsync("traces are not exported, and are dropped until this is over: the collector answers 400");
        collector.Answer("200 OK");
        (await client.InvokeAsync(call)).ShouldBeResult();
        await collector.NextAsync();
        await bridge.HasLoggedAsync("traces are exported again");
        Assert.Single(Regex.Matches(bridge.Errors, "are not exported"));
    }

    [Fact]
    public async Task Collector_that_never_answers_slows_no_call_and_does_not_keep_the_bridge_from_ending()
    {
        await using var silent = new ScriptedEndpoint(peer => peer.NeverAsync());
        await using var lambda = ScriptedEndpoint.Answering(ScriptedEndpoint.Reply("1"));
        await using var bridge = Start(silent.Url);
        using var client = await bridge.ConnectAsync();
        // More than the queue of the exporter takes.
        for (var i = 0; i < 3000; i++)
            (await client.InvokeAsync(new Call { Endpoint = lambda.Url })).ShouldBeResult();
        bridge.CloseInput();
        Assert.Equal(0, await bridge.ExitCodeAsync());
    }
}
