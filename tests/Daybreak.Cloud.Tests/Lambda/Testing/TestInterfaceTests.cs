using System.Net;
using System.Text.Json.Nodes;
using Daybreak.Cloud.Lambda.Testing;

namespace Daybreak.Cloud.Tests.Lambda.Testing;

/// <summary>The test interface below <c>/_daybreak/</c>. Each test has functions of its own.</summary>
public sealed class TestInterfaceTests(LambdaCloud cloud) : IClassFixture<LambdaCloud>
{
    [Fact]
    public async Task An_invocation_is_listed_with_what_it_got_and_gave()
    {
        var name = await cloud.CreateAsync();
        var answer = await cloud.InvokeAsync(name, """{"n": 1}""", ("User-Agent", "client/1"));
        var one = Assert.Single(await ListAsync($"function={name}"));
        Assert.Equal(
            (name, "api", "client/1", "function", "$LATEST", answer.Headers["x-amzn-RequestId"]),
            (
                (string?)one["function"],
                (string?)one["source"],
                (string?)one["userAgent"],
                (string?)one["answeredBy"],
                (string?)one["version"],
                (string?)one["requestId"]
            )
        );
        Assert.Equal(("""{"n":1}""", """{"n":1}"""), (one["payload"]!.ToJsonString(), one["result"]!.ToJsonString()));
        Assert.Null(one["error"]);
        Assert.Null(one["functionError"]);
        Assert.True((double)one["milliseconds"]! >= 0);
        Assert.Equal($"arn:aws:lambda:us-east-1:444455556666:function:{name}", (string?)one["arn"]);
    }

    [Fact]
    public async Task A_session_of_SQL_is_taken_from_the_bridge_s_name()
    {
        var name = await cloud.CreateAsync();
        await cloud.InvokeAsync(name, "{}", ("User-Agent", "daybreak-bridge/0.1.0 session/my%20db/a%2Fb/42/orders%20api"));
        var one = Assert.Single(await ListAsync($"function={name}&source=sql"));
        Assert.Equal(
            ("my db", "a/b", "42", "orders api"),
            ((string?)one["database"], (string?)one["user"], (string?)one["process"], (string?)one["applicationName"])
        );
    }

    [Fact]
    public async Task An_event_is_listed_by_each_attempt_and_a_missing_one_is_waited_for()
    {
        var name = await cloud.CreateAsync();
        var waiting = ListAsync($"function={name}&source=event&wait=60");
        await cloud.InvokeAsync(name, """{"kind":"e"}""", ("X-Amz-Invocation-Type", "Event"));
        Assert.Equal("""{"kind":"e"}""", Assert.Single(await waiting)["payload"]!.ToJsonString());
        Assert.Empty(await ListAsync($"function={name}&source=api&wait=0"));
    }

    [Fact]
    public async Task Invocations_are_found_by_their_payload_and_outcome()
    {
        var name = await cloud.CreateAsync();
        await cloud.InvokeAsync(name, """{"order":{"id":7,"lines":[1,2]},"more":true}""");
        await cloud.InvokeAsync(name, """{"order":{"id":8}}""");
        Assert.Equal(
            7,
            (int)Assert.Single(await ListAsync($$$"""function={{{name}}}&payload={"order":{"id":7}}"""))["payload"]!["order"]!["id"]!
        );
        Assert.Empty(await ListAsync($$$"""function={{{name}}}&payload={"order":{"lines":[1]}}"""));
        Assert.Single(await ListAsync($$"""function={{name}}&contains="id":8"""));
        await ArmAsync($$"""{"function":"{{name}}","kind":"throttle"}""");
        await cloud.InvokeAsync(name, "{}");
        var failed = Assert.Single(await ListAsync($"function={name}&failed=true"));
        Assert.Equal(("TooManyRequestsException", "fault"), ((string?)failed["error"]!["code"], (string?)failed["answeredBy"]));
        Assert.Equal(2, (await ListAsync($"function={name}&failed=false")).Count);
        var last = (long)failed["number"]!;
        Assert.Empty(await ListAsync($"function={name}&after={last}"));
    }

    [Fact]
    public async Task What_is_long_is_cut()
    {
        var name = await cloud.CreateAsync();
        var text = new string('x', CutText.Most);
        await cloud.InvokeAsync(name, $"\"{text}\"");
        var one = Assert.Single(await ListAsync($"function={name}"));
        Assert.Equal(CutText.Most, ((string)one["payload"]!).Length);
        Assert.Equal(CutText.Most + 2, (int)one["payloadBytes"]!);
    }

    [Fact]
    public async Task The_oldest_invocations_are_forgotten()
    {
        var log = new InvocationLog();
        for (var n = 0; n < InvocationLog.Most + 5; n++)
            log.Add(
                new RecordedInvocation(
                    new("1", "r", "f"),
                    InvocationCaller.OfEvent,
                    "",
                    "function",
                    null,
                    default,
                    default,
                    default,
                    default,
                    null,
                    null,
                    null
                )
            );
        var all = await log.FindAsync(new(null, 0, null, null, null, null), 1, TimeSpan.Zero, TestContext.Current.CancellationToken);
        Assert.Equal((InvocationLog.Most, 6), (all.Count, all[0].Number));
    }

    [Theory]
    [InlineData("GET", "invocations?functoin=x", null, "There is no parameter 'functoin'.")]
    [InlineData("GET", "invocations?payload=x", null, "payload is no JSON.")]
    [InlineData(
        "GET",
        "invocations?wait=61",
        null,
        "after, count (1 to 1000) and wait (0 to 60 seconds) are numbers, failed is true or false."
    )]
    [InlineData("POST", "faults", "[]", "The body is no JSON object.")]
    [InlineData("POST", "faults", """{"kind":"cut"}""", "function is missing: a name, or * for all.")]
    [InlineData("POST", "faults", """{"function":"f","kind":"x"}""", "kind is one of throttle, error, function, cut, delay.")]
    [InlineData("POST", "faults", """{"function":"f","kind":"cut","times":0}""", "times is a number from 1 on, or null for all.")]
    [InlineData("POST", "faults", """{"function":"f","kind":"error","status":400}""", "status is a number from 500 to 599.")]
    [InlineData("POST", "faults", """{"function":"f","kind":"cut","tiems":1}""", "There is no member 'tiems'.")]
    [InlineData("POST", "stubs", """{"result":1}""", "function is missing: a name.")]
    [InlineData(
        "POST",
        "stubs",
        """{"function":"f","payload":1,"contains":1}""",
        "Give one of payload (all of it) and contains (some of it)."
    )]
    [InlineData("POST", "replay", "{}", "The body is no recording: an object with calls, as GET /_daybreak/recording answers.")]
    [InlineData("POST", "replay", """{"calls":[{}]}""", "The call 1 has no function.")]
    public async Task What_makes_no_sense_is_refused(string method, string path, string? body, string why)
    {
        var answer = await cloud.SendAsync(new HttpMethod(method), $"/_daybreak/{path}", body);
        Assert.Equal((HttpStatusCode.BadRequest, why), (answer.Status, answer.Message));
    }

    [Fact]
    public async Task Web_pages_arm_nothing()
    {
        var answer = await cloud.SendAsync(
            HttpMethod.Post,
            "/_daybreak/faults",
            """{"function":"*","kind":"cut"}""",
            ("Origin", "https://example.com")
        );
        Assert.Equal(HttpStatusCode.Forbidden, answer.Status);
    }

    [Fact]
    public async Task The_next_calls_are_throttled_and_no_more()
    {
        var name = await cloud.CreateAsync();
        await ArmAsync($$"""{"function":"{{name}}","kind":"throttle","times":2}""");
        for (var n = 0; n < 2; n++)
        {
            var throttled = await cloud.InvokeAsync(name, "{}");
            Assert.Equal((HttpStatusCode.TooManyRequests, "TooManyRequestsException"), (throttled.Status, throttled.Error));
        }
        Assert.Equal(HttpStatusCode.OK, (await cloud.InvokeAsync(name, "{}")).Status);
        var fault = Assert.Single(await FaultsAsync(name));
        Assert.Equal((2, 2), ((int)fault["times"]!, (int)fault["used"]!));
        await cloud.SendAsync(HttpMethod.Delete, $"/_daybreak/faults?function={name}");
        Assert.Empty(await FaultsAsync(name));
    }

    [Fact]
    public async Task A_call_fails_as_it_is_told()
    {
        var name = await cloud.CreateAsync();
        await ArmAsync($$$"""{"function":"{{{name}}}","kind":"function","payload":{"errorMessage":"no"}}""");
        await ArmAsync($$"""{"function":"{{name}}","kind":"error","status":503}""");
        await ArmAsync($$"""{"function":"{{name}}","kind":"cut"}""");
        await ArmAsync($$"""{"function":"{{name}}","kind":"delay","milliseconds":50}""");
        var failed = await cloud.InvokeAsync(name, "{}");
        Assert.Equal(("Unhandled", """{"errorMessage":"no"}"""), (failed.Headers["X-Amz-Function-Error"], failed.Text));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await cloud.InvokeAsync(name, "{}")).Status);
        await Assert.ThrowsAsync<HttpRequestException>(() => cloud.InvokeAsync(name, "{}"));
        Assert.Equal(HttpStatusCode.OK, (await cloud.InvokeAsync(name, "{}")).Status);
        Assert.All(await FaultsAsync(name), static fault => Assert.Equal(1, (int)fault["used"]!));
        var delayed = (await ListAsync($"function={name}"))[^1];
        Assert.True((double)delayed["milliseconds"]! >= 49);
        Assert.Equal("function", (string?)delayed["answeredBy"]);
    }

    [Fact]
    public async Task A_stub_stands_in_for_a_function_that_does_not_exist()
    {
        var name = LambdaCloud.NewName();
        Assert.Equal(HttpStatusCode.NotFound, (await cloud.InvokeAsync(name, "{}")).Status);
        await StubAsync($$$"""{"function":"{{{name}}}","contains":{"n":1},"result":{"one":true}}""");
        await StubAsync($$"""{"function":"{{name}}","payload":{"n":2},"result":"two"}""");
        await StubAsync($$$"""{"function":"{{{name}}}","payload":{"n":3},"result":{"errorMessage":"x"},"functionError":"Unhandled"}""");
        Assert.Equal("""{"one":true}""", (await cloud.InvokeAsync(name, """{"n":1,"m":2}""")).Text);
        Assert.Equal("\"two\"", (await cloud.InvokeAsync(name, """{ "n": 2 }""")).Text);
        Assert.Equal("Unhandled", (await cloud.InvokeAsync(name, """{"n":3}""")).Headers["X-Amz-Function-Error"]);
        Assert.Equal(HttpStatusCode.NotFound, (await cloud.InvokeAsync(name, """{"n":2,"m":2}""")).Status);
        var stubs = (await GetAsync("stubs"))["stubs"]!.AsArray().Where(stub => (string?)stub!["function"] == name).ToList();
        Assert.Equal([1, 1, 1], stubs.Select(static stub => (int)stub!["used"]!));
        await cloud.SendAsync(HttpMethod.Delete, $"/_daybreak/stubs?function={name}");
        Assert.Equal(HttpStatusCode.NotFound, (await cloud.InvokeAsync(name, """{"n":1}""")).Status);
    }

    [Fact]
    public async Task A_stub_takes_an_event_for_a_function_that_does_not_exist()
    {
        var name = LambdaCloud.NewName();
        await StubAsync($$"""{"function":"{{name}}","result":1}""");
        Assert.Equal(HttpStatusCode.Accepted, (await cloud.InvokeAsync(name, "{}", ("X-Amz-Invocation-Type", "Event"))).Status);
        Assert.Equal("stub", (string?)Assert.Single(await ListAsync($"function={name}&wait=60"))["answeredBy"]);
    }

    [Fact]
    public async Task A_stub_hides_a_function_and_what_it_does_not_match_runs()
    {
        var name = await cloud.CreateAsync();
        await StubAsync($$"""{"function":"{{name}}","contains":{"stubbed":true},"result":"stub"}""");
        Assert.Equal("\"stub\"", (await cloud.InvokeAsync(name, """{"stubbed":true}""")).Text);
        Assert.Equal("""{"n":1}""", (await cloud.InvokeAsync(name, """{"n":1}""")).Text);
        Assert.Equal(["stub", "function"], (await ListAsync($"function={name}")).Select(static one => (string?)one["answeredBy"]));
    }

    [Fact]
    public async Task What_was_recorded_is_answered_alike_and_what_was_not_is_told()
    {
        var name = await cloud.CreateAsync();
        var other = await cloud.CreateAsync();
        await cloud.SendAsync(HttpMethod.Post, "/_daybreak/recording");
        await cloud.InvokeAsync(name, """{"a":1,"b":2}""");
        await cloud.InvokeAsync(other, "{}");
        await cloud.SendAsync(HttpMethod.Delete, "/_daybreak/recording");
        await cloud.InvokeAsync(name, """{"a":"later"}""");
        var recording = await GetAsync("recording");
        Assert.True((bool)recording["complete"]!);
        recording["calls"] = new JsonArray([
            .. recording["calls"]!.AsArray().Where(call => (string?)call!["function"] == name).Select(static call => call!.DeepClone()),
        ]);
        var call = Assert.Single(recording["calls"]!.AsArray())!;
        call["result"] = "from the recording";

        await cloud.SendAsync(HttpMethod.Post, "/_daybreak/replay", recording);
        try
        {
            Assert.Equal("\"from the recording\"", (await cloud.InvokeAsync(name, """{"b":2, "a":1}""")).Text);
            var missed = await cloud.InvokeAsync(name, """{"a":2}""");
            Assert.Equal(
                (HttpStatusCode.NotFound, "ReplayMissException", $$"""The replay has no answer of {{name}} for the payload {"a":2}"""),
                (missed.Status, missed.Error, missed.Message)
            );
            Assert.Equal("{}", (await cloud.InvokeAsync(other, "{}")).Text);
            var replay = await GetAsync("replay");
            Assert.Equal((1, 2), ((int)replay["used"]!, (int)Assert.Single(replay["missed"]!.AsArray())!["payload"]!["a"]!));
        }
        finally
        {
            await cloud.SendAsync(HttpMethod.Delete, "/_daybreak/replay");
        }
        Assert.False((bool)(await GetAsync("replay"))["on"]!);
        Assert.Equal("""{"a":2}""", (await cloud.InvokeAsync(name, """{"a":2}""")).Text);
    }

    private async Task<JsonNode> GetAsync(string path) => (await cloud.SendAsync(HttpMethod.Get, $"/_daybreak/{path}")).Json;

    private async Task<List<JsonNode>> ListAsync(string query)
    {
        var answer = await cloud.SendAsync(
            HttpMethod.Get,
            $"/_daybreak/invocations?{string.Join('&', query.Split('&').Select(static pair => $"{pair.Split('=', 2)[0]}={Uri.EscapeDataString(pair.Split('=', 2)[1])}"))}"
        );
        Assert.True(answer.Status == HttpStatusCode.OK, answer.Text);
        return [.. answer.Json["invocations"]!.AsArray().Select(static one => one!)];
    }

    private async Task<List<JsonNode>> FaultsAsync(string function) =>
        [.. (await GetAsync("faults"))["faults"]!.AsArray().Select(static one => one!).Where(one => (string?)one["function"] == function)];

    private Task ArmAsync(string fault) => PostAsync("faults", fault);

    private Task StubAsync(string stub) => PostAsync("stubs", stub);

    private async Task PostAsync(string path, string body)
    {
        var answer = await cloud.SendAsync(HttpMethod.Post, $"/_daybreak/{path}", body);
        Assert.True(answer.Status == HttpStatusCode.OK, answer.Text);
    }
}
