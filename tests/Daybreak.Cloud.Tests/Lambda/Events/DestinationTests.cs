using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using Daybreak.Aws;
using Daybreak.Cloud.Hosting;

namespace Daybreak.Cloud.Tests.Lambda.Events;

/// <summary>Events to their ends, with the clock of the local AWS moved, and what their destinations get.</summary>
public sealed class DestinationTests : LambdaCloud
{
    private readonly BlockingCollection<string> _runs = [];
    private readonly ConcurrentQueue<JsonNode> _records = new();

    public DestinationTests() =>
        Runtime.Run = (function, invocation, _) =>
        {
            _runs.Add($"{function.FunctionName}:{function.Version}", CancellationToken.None);
            switch (function.FunctionName)
            {
                case "fails":
                    return ValueTask.FromResult(ScriptedRuntime.Failure("""{"errorMessage":"no"}"""));
                case "throttled":
                    throw AwsException.Sender("TooManyRequestsException", "Rate Exceeded.", HttpStatusCode.TooManyRequests);
                case "target":
                    _records.Enqueue(JsonNode.Parse(invocation.Payload.Span)!);
                    break;
            }
            return ValueTask.FromResult(ScriptedRuntime.Result("[1]"u8.ToArray()));
        };

    protected override CloudOptions Options => base.Options with { EnforcesIam = false };

    protected override async Task StartedAsync() => await CreateAsync("target");

    [Fact]
    public async Task A_success_is_recorded()
    {
        await CreateAsync("works");
        await ConfigureAsync("works", Config("OnSuccess", "target"));
        var id = await AcceptAsync("works", """{"a": 1}""");
        var record = await RecordAsync();
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", (string?)record["timestamp"]);
        record.AsObject().Remove("timestamp");
        Assert.Equal(
            $$$"""{"version":"1.0","requestContext":{"requestId":"{{{id}}}","functionArn":"{{{ArnOf("works")}}}:$LATEST","condition":"Success","approximateInvokeCount":1},"requestPayload":{"a":1},"responseContext":{"statusCode":200,"executedVersion":"$LATEST"},"responsePayload":[1]}""",
            record.ToJsonString()
        );
    }

    [Fact]
    public async Task After_two_retries_a_failure_is_recorded_and_the_event_never_runs_again()
    {
        await FailingAsync("");
        var id = await AcceptAsync("fails");
        Assert.Equal("fails:$LATEST", Next());
        await AdvanceToRetryAsync("59s");
        Assert.Empty(_runs);
        await MoveAsync("2s");
        Assert.Equal("fails:$LATEST", Next());
        await AdvanceToRetryAsync("2m1s");
        Assert.Equal("fails:$LATEST", Next());
        var record = await RecordAsync();
        Assert.Equal(("RetriesExhausted", 3, id), Context(record));
        Assert.Equal(
            """{"statusCode":200,"executedVersion":"$LATEST","functionError":"Unhandled"}""",
            record["responseContext"]!.ToJsonString()
        );
        Assert.Equal("""{"errorMessage":"no"}""", record["responsePayload"]!.ToJsonString());
        Assert.Equal("target:$LATEST", Next());
        await WhenEmptyAsync();
        await MoveAsync("7h");
        Assert.Empty(_runs);
        Assert.Equal(1, await CountAsync("droppedEvents"));
    }

    [Theory]
    [InlineData(60, 1)] // AWS looks at the age before it waits
    [InlineData(90, 2)]
    public async Task An_event_that_would_be_too_old_is_not_tried_again(int age, int runs)
    {
        await FailingAsync($"\"MaximumEventAgeInSeconds\":{age},");
        await AcceptAsync("fails");
        Assert.Equal("fails:$LATEST", Next());
        for (var run = 1; run < runs; run++)
        {
            await AdvanceToRetryAsync("1m1s");
            Assert.Equal("fails:$LATEST", Next());
        }
        var record = await RecordAsync();
        Assert.Equal(("EventAgeExceeded", runs), (Context(record).Condition, Context(record).Runs));
        Assert.NotNull(record["responsePayload"]);
    }

    [Fact]
    public async Task An_event_that_is_throttled_for_six_hours_is_dropped_without_a_run()
    {
        await CreateAsync("throttled");
        await ConfigureAsync("throttled", Config("OnFailure", "target"));
        await AcceptAsync("throttled");
        Assert.Equal("throttled:$LATEST", Next());
        await AdvanceToRetryAsync("6h1s");
        var record = await RecordAsync();
        Assert.Equal(("EventAgeExceeded", 0), (Context(record).Condition, Context(record).Runs));
        Assert.Null(record["responseContext"]);
        Assert.Null(record["responsePayload"]);
    }

    [Fact]
    public async Task Without_any_concurrency_an_event_goes_to_its_destination_at_once()
    {
        await FailingAsync("");
        await SendAsync(HttpMethod.Put, "/2017-10-31/functions/fails/concurrency", """{"ReservedConcurrentExecutions":0}""");
        await AcceptAsync("fails");
        var record = await RecordAsync();
        Assert.Equal(("ZeroReservedConcurrency", 0), (Context(record).Condition, Context(record).Runs));
        Assert.Null(record["responseContext"]);
    }

    [Fact]
    public async Task A_destination_that_does_not_exist_any_more_gets_nothing()
    {
        await FailingAsync("\"MaximumRetryAttempts\":0,");
        await SendAsync(HttpMethod.Delete, $"{Functions}/target");
        await AcceptAsync("fails");
        Assert.Equal("fails:$LATEST", Next());
        await WhenEmptyAsync();
        Assert.Empty(_runs);
    }

    [Fact]
    public async Task A_function_that_deletes_itself_has_ended()
    {
        await CreateAsync("leaves");
        await ConfigureAsync("leaves", Config("OnSuccess", "target"));
        Runtime.Run = async (function, _, _) =>
        {
            _runs.Add(function.FunctionName, CancellationToken.None);
            await SendAsync(HttpMethod.Delete, $"{Functions}/leaves");
            return ScriptedRuntime.Failure("{}");
        };
        await AcceptAsync("leaves");
        Assert.Equal("leaves", Next());
        await AdvanceToRetryAsync("1m1s");
        await WhenEmptyAsync();
        Assert.Empty(_runs);
    }

    [Fact]
    public async Task Events_of_an_alias_run_the_version_that_it_means_when_they_run()
    {
        await CreateAsync("fails", static request => request["Publish"] = true);
        await SendAsync(HttpMethod.Post, $"{Functions}/fails/aliases", """{"Name":"live","FunctionVersion":"1"}""");
        await ConfigureAsync("fails", Config("OnFailure", "target", "\"MaximumRetryAttempts\":1,"), "?Qualifier=live");
        await AcceptAsync("fails:live");
        Assert.Equal("fails:1", Next());
        await SendAsync(HttpMethod.Put, $"{Functions}/fails/configuration", """{"Timeout":9}""");
        await SendAsync(HttpMethod.Post, $"{Functions}/fails/versions", "{}");
        await SendAsync(HttpMethod.Put, $"{Functions}/fails/aliases/live", """{"FunctionVersion":"2"}""");
        await AdvanceToRetryAsync("1m1s");
        Assert.Equal("fails:2", Next());
        var record = await RecordAsync();
        Assert.Equal($"{ArnOf("fails")}:live", (string?)record["requestContext"]!["functionArn"]);
        Assert.Equal("2", (string?)record["responseContext"]!["executedVersion"]);
    }

    [Fact]
    public async Task A_clock_that_is_moved_back_loses_no_event_and_runs_none_early()
    {
        await FailingAsync("");
        await AcceptAsync("fails");
        Assert.Equal("fails:$LATEST", Next());
        await AdvanceToRetryAsync("0s");
        using var moved = await Http.PostAsync("/_daybreak/clock?at=2020-01-01", null, TestContext.Current.CancellationToken);
        await CreateAsync("works");
        await AcceptAsync("works"); // events that are accepted now run now
        Assert.Equal("works:$LATEST", Next());
        Assert.Empty(_runs);
        using var real = await Http.PostAsync("/_daybreak/clock?real", null, TestContext.Current.CancellationToken);
        await MoveAsync("1m1s");
        Assert.Equal("fails:$LATEST", Next());
    }

    [Fact]
    public async Task Functions_that_are_destinations_of_each_other_are_stopped_after_sixteen_runs()
    {
        await CreateAsync("one");
        await CreateAsync("other");
        await ConfigureAsync("one", Config("OnSuccess", "other"));
        await ConfigureAsync("other", Config("OnSuccess", "one"));
        await AcceptAsync("one");
        await WhenEmptyAsync();
        Assert.Equal((16, 16), (Calls("one"), Calls("other")));
        int Calls(string name) => Runtime.Calls.Count(call => call.Function.FunctionName == name);
    }

    [Fact]
    public async Task A_function_that_calls_itself_is_stopped_unless_it_may()
    {
        await CreateAsync("self");
        Runtime.Run = static (_, _, _) => ValueTask.FromResult(ScriptedRuntime.Result("1"u8.ToArray()));
        var trace = "Root=1-67891233-abcdef012345678912345678";
        for (var run = 1; run <= 16; run++)
        {
            Assert.Equal(HttpStatusCode.OK, (await InvokeAsync("self", "{}", ("X-Amzn-Trace-Id", trace))).Status);
            trace = Runtime.Calls.Last().Invocation.TraceId!; // as AWS's SDKs pass it on
        }
        var stopped = await InvokeAsync("self", "{}", ("X-Amzn-Trace-Id", trace));
        Assert.Equal((HttpStatusCode.BadRequest, "RecursiveInvocationException"), (stopped.Status, stopped.Error));
        await SendAsync(HttpMethod.Put, "/2024-08-31/functions/self/recursion-config", """{"RecursiveLoop":"Allow"}""");
        Assert.Equal(HttpStatusCode.OK, (await InvokeAsync("self", "{}", ("X-Amzn-Trace-Id", trace))).Status);
    }

    private static string ArnOf(string name) => $"arn:aws:lambda:us-east-1:444455556666:function:{name}";

    private static string Config(string when, string target, string settings = "") =>
        "{" + settings + "\"DestinationConfig\":{\"" + when + "\":{\"Destination\":\"" + ArnOf(target) + "\"}}}";

    private static (string? Condition, int Runs, string? Id) Context(JsonNode record)
    {
        var context = record["requestContext"]!;
        return ((string?)context["condition"], (int)context["approximateInvokeCount"]!, (string?)context["requestId"]);
    }

    private async Task FailingAsync(string settings)
    {
        await CreateAsync("fails");
        await ConfigureAsync("fails", Config("OnFailure", "target", settings));
    }

    private async Task ConfigureAsync(string name, string body, string query = "")
    {
        var put = await SendAsync(HttpMethod.Put, $"/2019-09-25/functions/{name}/event-invoke-config{query}", body);
        Assert.True(put.Status == HttpStatusCode.OK, put.Text);
    }

    private async Task<string> AcceptAsync(string name, string payload = "{}")
    {
        var accepted = await InvokeAsync(name, payload, ("X-Amz-Invocation-Type", "Event"));
        Assert.Equal(HttpStatusCode.Accepted, accepted.Status);
        return accepted.Headers["x-amzn-RequestId"];
    }

    private string Next()
    {
        Assert.True(_runs.TryTake(out var run, 20_000), "nothing ran");
        return run;
    }

    /// <summary>Waits until a retry waits for its time, and moves the clock.</summary>
    private async Task AdvanceToRetryAsync(string by)
    {
        await WhenAsync(async () => (await Host.QueuedEventsAsync()).Any(static queued => queued.NotBefore is not null));
        await MoveAsync(by);
    }

    private async Task MoveAsync(string by)
    {
        using var moved = await Http.PostAsync($"/_daybreak/clock?advance={by}", null, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, moved.StatusCode);
    }

    private async Task<JsonNode> RecordAsync()
    {
        JsonNode? record = null;
        await WhenAsync(() => Task.FromResult(_records.TryDequeue(out record)));
        return record!;
    }

    private Task WhenEmptyAsync() => WhenAsync(async () => (await Host.QueuedEventsAsync()).Count == 0);

    private async Task<int> CountAsync(string what) =>
        (int)(await SendAsync(HttpMethod.Get, "/_daybreak/status")).Json["services"]!["lambda"]![what]!;

    private static async Task WhenAsync(Func<Task<bool>> condition)
    {
        for (var i = 0; !await condition(); i++)
        {
            Assert.True(i < 1000, "it did not come to that");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }
}
