using System.Text.Json.Nodes;
using Daybreak.Cloud.Lambda.Runtime;
using Daybreak.Cloud.Tests.Lambda.Runtime.Bootstraps;

namespace Daybreak.Cloud.Tests.Lambda.Runtime.Logging;

/// <summary>Functions whose LogFormat is JSON: what Lambda writes, what runtimes write, and what the two levels leave out.</summary>
[Trait("Pace", "slow")]
public sealed class JsonLogTests(JavaHandlers java) : IClassFixture<JavaHandlers>
{
    private const string Time = @"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z";

    [Fact]
    public async Task Lambda_writes_records_of_the_invocation()
    {
        await using var host = await FunctionHost.StartAsync();
        var function = Json(host.Python("def handler(event, context): print('mine')"));

        var answer = await host.InvokeAsync(function);

        string[] messages = [.. host.Messages];
        Assert.Equal(4, messages.Length);
        Matches(
            "{\"time\":\"TIME\",\"type\":\"platform.initStart\",\"record\":{\"initializationType\":\"on-demand\",\"phase\":\"init\","
                + "\"runtimeVersion\":\"python:3.12\",\"runtimeVersionArn\":\"arn:aws:lambda:eu-central-1::runtime:python:3.12\","
                + "\"functionName\":\"fn\",\"functionVersion\":\"$LATEST\"",
            messages[0]
        );
        Matches(
            $"{{\"time\":\"TIME\",\"type\":\"platform.start\",\"record\":{{\"requestId\":\"{answer.Id}\",\"version\":\"$LATEST\"}}}}\n",
            messages[1]
        );
        Assert.Equal("mine\n", messages[2]); // what is printed stays as it is
        Matches(
            $"{{\"time\":\"TIME\",\"type\":\"platform.report\",\"record\":{{\"requestId\":\"{answer.Id}\",\"metrics\":{{\"durationMs\":NUMBER,"
                + "\"billedDurationMs\":NUMBER,\"memorySizeMB\":128,\"maxMemoryUsedMB\":NUMBER,\"initDurationMs\":NUMBER},\"status\":\"success\"}}\n",
            messages[3]
        );
        Assert.Equal(string.Concat(messages[1..]), answer.LogTail);
    }

    [Theory]
    [InlineData(
        "DEBUG",
        "platform.initStart platform.initRuntimeDone platform.initReport platform.start platform.runtimeDone platform.report"
    )]
    [InlineData("INFO", "platform.initStart platform.start platform.report")]
    [InlineData("WARN", "")]
    public async Task The_level_of_the_system_leaves_out_what_is_below_it(string level, string types)
    {
        await using var host = await FunctionHost.StartAsync();

        await host.InvokeAsync(Json(host.Python("def handler(event, context): pass"), system: level));

        Assert.Equal(types, string.Join(' ', host.Messages.Select(static message => (string?)JsonNode.Parse(message)!["type"])));
    }

    [Theory]
    [InlineData("import os\ndef handler(event, context): os._exit(3)", "failure", "Runtime.ExitError")]
    [InlineData("def handler(event, context):\n    while True: pass", "timeout", null)]
    [InlineData("def handler(event, context): raise Exception('x')", "error", null)]
    public async Task Failures_are_warnings_with_a_status(string source, string status, string? errorType)
    {
        await using var host = await FunctionHost.StartAsync();
        var function = Json(host.Python(source), system: "WARN") with { Timeout = TimeSpan.FromSeconds(1) };

        await host.InvokeAsync(function);

        var records = host
            .Messages.Select(static message => JsonNode.Parse(message)!)
            .Where(static record => record["type"] is not null)
            .ToArray();
        Assert.Equal(["platform.runtimeDone", "platform.report"], records.Select(static record => (string?)record["type"]));
        Assert.All(
            records,
            record =>
            {
                Assert.Equal(status, (string?)record["record"]!["status"]);
                Assert.Equal(errorType, (string?)record["record"]!["errorType"]);
            }
        );
    }

    [Fact]
    public async Task Init_that_fails_is_a_warning()
    {
        await using var host = await FunctionHost.StartAsync();

        await host.InvokeAsync(Json(host.Python("import none"), system: "WARN"));

        var reports = host
            .Messages.Select(static message => JsonNode.Parse(message)!)
            .Where(static record => (string?)record["type"] == "platform.initReport")
            .Select(static record => record["record"]!)
            .ToArray();
        Assert.Equal(["init", "invoke"], reports.Select(static record => (string?)record["phase"]));
        Assert.All(reports, static record => Assert.Equal("Runtime.ImportModuleError", (string?)record["errorType"]));
        Assert.All(reports, static record => Assert.True((double?)record["metrics"]!["durationMs"] > 0));
    }

    [Fact]
    public async Task Python_logs_records_of_the_library()
    {
        await using var host = await FunctionHost.StartAsync();
        var function = Json(
            host.Python(
                """
                import logging
                def handler(event, context):
                    log = logging.getLogger('shop')
                    log.debug('low')
                    log.info('sold %d', 3, extra={'item': 'tea'})
                    try: raise ValueError('bad')
                    except ValueError: log.exception('caught')
                    print('text')
                    print('{"level":"debug","timestamp":"2024-11-02T16:51:31Z"}')
                    raise KeyError('gone')
                """
            ),
            system: "WARN"
        );

        var answer = await host.InvokeAsync(function);

        string[] own = [.. host.Messages.Where(static message => !message.Contains("\"type\":\"platform", StringComparison.Ordinal))];
        Matches(
            $"{{\"timestamp\": \"TIME\", \"level\": \"INFO\", \"message\": \"sold 3\", \"logger\": \"shop\", \"requestId\": \"{answer.Id}\", \"item\": \"tea\"}}\n",
            own[0]
        );
        var caught = JsonNode.Parse(own[1])!;
        Assert.Equal(
            ("ERROR", "caught", "ValueError", "bad"),
            ((string?)caught["level"], (string?)caught["message"], (string?)caught["errorType"], (string?)caught["errorMessage"])
        );
        Assert.EndsWith("h.py:handler:7", (string?)caught["location"], StringComparison.Ordinal);
        Assert.Contains("line 6, in handler", (string?)caught["stackTrace"]![0], StringComparison.Ordinal);
        Assert.Equal("text\n", own[2]);
        var last = JsonNode.Parse(own[3])!;
        Assert.Equal(
            ("ERROR", "KeyError", "'gone'", answer.Id),
            ((string?)last["log_level"], (string?)last["errorType"], (string?)last["errorMessage"], (string?)last["requestId"])
        );
        Assert.Equal(4, own.Length); // neither of the two below INFO
    }

    [Fact]
    public async Task Console_of_Node_logs_records()
    {
        await using var host = await FunctionHost.StartAsync();
        var function = Json(
            host.Node(
                """
                exports.handler = async () => {
                    console.debug('low');
                    console.log('sold %d', 3);
                    console.warn({ item: 'tea' });
                    console.error('caught', new RangeError('bad'));
                    throw new TypeError('gone');
                };
                """
            ),
            system: "WARN"
        );

        var answer = await host.InvokeAsync(function);

        JsonNode[] own =
        [
            .. host
                .Messages.Where(static message => !message.Contains("\"type\":\"platform", StringComparison.Ordinal))
                .Select(static message => JsonNode.Parse(message)!),
        ];
        Assert.All(
            own,
            record =>
            {
                Assert.Matches("^" + Time + "$", (string?)record["timestamp"]);
                Assert.Equal(answer.Id, (string?)record["requestId"]);
            }
        );
        Assert.Equal(("INFO", "sold 3"), ((string?)own[0]["level"], (string?)own[0]["message"]));
        Assert.Equal(("WARN", "tea"), ((string?)own[1]["level"], (string?)own[1]["message"]!["item"]));
        Assert.Equal(
            ("ERROR", "RangeError", "bad"),
            ((string?)own[2]["level"], (string?)own[2]["errorType"], (string?)own[2]["errorMessage"])
        );
        Assert.StartsWith("RangeError: bad", (string?)own[2]["stackTrace"]![0], StringComparison.Ordinal);
        Assert.Equal(
            ("ERROR", "TypeError", "gone"),
            ((string?)own[3]["level"], (string?)own[3]["errorType"], (string?)own[3]["errorMessage"])
        );
        Assert.Equal(4, own.Length);
    }

    [Fact]
    public async Task Logger_of_Java_writes_records()
    {
        await using var host = await FunctionHost.StartAsync();
        var function = java.Function(host, "shop.Handlers::speak");

        var answer = await host.InvokeAsync(Json(function, system: "WARN"));

        string[] own = [.. host.Messages.Where(static message => !message.Contains("\"type\":\"platform", StringComparison.Ordinal))];
        Matches($"{{\"timestamp\":\"TIME\",\"message\":\"plain\",\"level\":\"UNDEFINED\",\"AWSRequestId\":\"{answer.Id}\"}}\n", own[0]);
        Matches($"{{\"timestamp\":\"TIME\",\"message\":\"high\",\"level\":\"WARN\",\"AWSRequestId\":\"{answer.Id}\"}}\n", own[1]);
        Assert.Equal("bytes\n", own[2]);
        var failure = JsonNode.Parse(own[3])!;
        Assert.Equal("ERROR", (string?)failure["level"]);
        Assert.StartsWith("no luck: java.lang.IllegalStateException\n", (string?)failure["message"], StringComparison.Ordinal);
        Assert.Equal(4, own.Length);

        await using var quiet = await FunctionHost.StartAsync();
        await quiet.InvokeAsync(Json(java.Function(quiet, "shop.Handlers::speak"), "WARN", "WARN"));
        string[] loud = [.. quiet.Messages.Where(static message => !message.Contains("\"type\":\"platform", StringComparison.Ordinal))];
        Assert.Equal(["high", "no luck"], loud.Select(static message => ((string?)JsonNode.Parse(message)!["message"])!.Split(':')[0]));
    }

    // AWS writes only its own lines as JSON for Ruby and provided runtimes; what they print is filtered by the level that it names.
    [Fact]
    public async Task What_Ruby_prints_stays_and_is_filtered_by_the_level_that_it_names()
    {
        await using var host = await FunctionHost.StartAsync();
        var function = Json(
            host.Function(
                "ruby3.4",
                "h.handler",
                "h.rb",
                """
                def handler(event:, context:)
                  STDOUT.puts 'text'
                  STDOUT.puts '{"level":"ERROR","timestamp":"2024-11-02T16:51:31Z","msg":"kept"}'
                  nil
                end
                """
            ),
            "WARN"
        );

        await host.InvokeAsync(function);

        Assert.Equal(
            ["platform.initStart", "platform.start", "kept", "platform.report"],
            host.Messages.Select(static message => JsonNode.Parse(message)!)
                .Select(static record => (string?)record["type"] ?? (string?)record["msg"])
        );
    }

    private static FunctionVersion Json(FunctionVersion function, string application = "INFO", string system = "INFO") =>
        function with
        {
            JsonLogLevel = application,
            JsonSystemLogLevel = system,
        };

    private static void Matches(string expected, string actual) =>
        Assert.Matches(
            "^"
                + System
                    .Text.RegularExpressions.Regex.Escape(expected)
                    .Replace("TIME", Time, StringComparison.Ordinal)
                    .Replace("NUMBER", @"\d+(\.\d+)?", StringComparison.Ordinal),
            actual
        );
}
