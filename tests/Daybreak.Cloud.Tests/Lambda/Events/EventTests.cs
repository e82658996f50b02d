using System.Collections.Concurrent;
using System.Net;
using Daybreak.Aws;
using Daybreak.Cloud.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace Daybreak.Cloud.Tests.Lambda.Events;

/// <summary>Event invocations, with a clock that the test moves.</summary>
public sealed class EventTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _time = new(Start);
    private readonly ScriptedRuntime _runtime = new();
    private readonly BlockingCollection<string> _attempts = [];
    private readonly string _state = Directory.CreateTempSubdirectory("daybreak-test-").FullName;
    private CloudHost? _host;
    private HttpClient _http = new();

    // A cloud that runs as root refuses a state directory that database servers could not enter.
    public EventTests() => File.SetUnixFileMode(_state, File.GetUnixFileMode(_state) | UnixFileMode.OtherExecute);

    public async ValueTask InitializeAsync() => await StartAsync();

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _attempts.Dispose();
        Directory.Delete(_state, recursive: true);
    }

    [Fact]
    public async Task A_failing_event_has_three_attempts_one_and_two_minutes_apart()
    {
        Script(static () => ScriptedRuntime.Failure("{}"));
        var requestId = await AcceptAsync();
        Assert.Equal(requestId, NextAttempt());
        await ExpectNoneBeforeAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(requestId, NextAttempt());
        await ExpectNoneBeforeAsync(TimeSpan.FromMinutes(2));
        Assert.Equal(requestId, NextAttempt());
        await WhenQueueIsEmptyAsync();
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Empty(_attempts);
    }

    [Fact]
    public async Task A_throttle_is_no_attempt_and_backs_off()
    {
        var throttles = 3;
        Script(() =>
            throttles-- > 0
                ? throw AwsException.Sender("TooManyRequestsException", "Rate Exceeded.", HttpStatusCode.TooManyRequests)
                : ScriptedRuntime.Result("1"u8.ToArray())
        );
        var requestId = await AcceptAsync();
        Assert.Equal(requestId, NextAttempt());
        foreach (var wait in new[] { 1, 2, 4 })
        {
            await ExpectNoneBeforeAsync(TimeSpan.FromSeconds(wait));
            Assert.Equal(requestId, NextAttempt());
        }
        await WhenQueueIsEmptyAsync();
    }

    [Fact]
    public async Task The_event_carries_the_payload_and_no_client_context()
    {
        Script(static () => ScriptedRuntime.Result(default));
        await AcceptAsync("""{"a" :1}""", ("X-Amz-Client-Context", Convert.ToBase64String("{}"u8)));
        NextAttempt();
        var invocation = Assert.Single(_runtime.Calls).Invocation;
        Assert.Equal("""{"a" :1}"""u8.ToArray(), invocation.Payload.ToArray());
        Assert.Null(invocation.ClientContext);
    }

    [Fact]
    public async Task An_event_waiting_for_its_retry_survives_a_restart_and_keeps_its_time()
    {
        Script(static () => ScriptedRuntime.Failure("{}"));
        var requestId = await AcceptAsync();
        NextAttempt();
        await StopAsync();
        await StartAsync();
        await ExpectNoneBeforeAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(requestId, NextAttempt());
        Assert.Equal("f", _runtime.Calls.Last().Function.FunctionName);
    }

    [Fact]
    public async Task An_event_that_ran_when_the_process_ended_runs_again()
    {
        _runtime.Run = async (_, invocation, cancellation) =>
        {
            _attempts.Add(invocation.RequestId, cancellation);
            await Task.Delay(Timeout.Infinite, cancellation);
            return ScriptedRuntime.Result(default);
        };
        var requestId = await AcceptAsync();
        Assert.Equal(requestId, NextAttempt());
        await StopAsync();
        Script(static () => ScriptedRuntime.Result(default));
        await StartAsync();
        Assert.Equal(requestId, NextAttempt());
        await WhenQueueIsEmptyAsync();
    }

    [Fact]
    public async Task Events_of_a_deleted_function_are_dropped()
    {
        Script(static () => ScriptedRuntime.Failure("{}"));
        await AcceptAsync();
        NextAttempt();
        using var deleted = await _http.DeleteAsync($"{LambdaCloud.Functions}/f", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        await ExpectNoneBeforeAsync(TimeSpan.FromMinutes(1));
        await WhenQueueIsEmptyAsync();
        Assert.Empty(_attempts);
    }

    [Fact]
    public async Task An_event_of_more_than_a_mebibyte_is_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{LambdaCloud.Functions}/f/invocations")
        {
            Content = new StringContent($"\"{new string('x', 1_048_575)}\""),
            Headers = { { "X-Amz-Invocation-Type", "Event" } },
        };
        using var answer = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Equal(
            """{"Message":"1048577 byte payload is too large for the Event invocation type (limit 1048576 bytes)"}""",
            await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)
        );
    }

    private void Script(Func<Daybreak.Cloud.Lambda.Runtime.InvocationOutcome> outcome) =>
        _runtime.Run = (_, invocation, cancellation) =>
        {
            _attempts.Add(invocation.RequestId, cancellation);
            return ValueTask.FromResult(outcome());
        };

    private async Task StartAsync()
    {
        _host = await CloudHost.StartAsync(
            new CloudOptions
            {
                Port = 0,
                EnforcesIam = false,
                FunctionRuntime = _runtime,
                StateDirectory = _state,
            },
            _time
        );
        _http = new HttpClient(new SigningHandler(_time)) { BaseAddress = _host.Endpoint };
        _http.DefaultRequestHeaders.Authorization = LambdaCloud.Signed();
        using var created = await _http.PostAsync(
            LambdaCloud.Functions,
            new StringContent(LambdaCloud.CreateRequest("f").ToJsonString()),
            TestContext.Current.CancellationToken
        );
        Assert.Contains(created.StatusCode, new[] { HttpStatusCode.Created, HttpStatusCode.Conflict });
    }

    private async Task StopAsync()
    {
        _http.Dispose();
        if (_host is not null)
            await _host.DisposeAsync();
    }

    private async Task<string> AcceptAsync(string payload = "{}", params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{LambdaCloud.Functions}/f/invocations")
        {
            Content = new StringContent(payload),
            Headers = { { "X-Amz-Invocation-Type", "Event" } },
        };
        foreach (var (name, value) in headers)
            request.Headers.Add(name, value);
        using var answer = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal(0, answer.Content.Headers.ContentLength);
        Assert.False(answer.Headers.Contains("X-Amz-Executed-Version"));
        return answer.Headers.GetValues("x-amzn-RequestId").Single();
    }

    private string NextAttempt()
    {
        Assert.True(_attempts.TryTake(out var requestId, 10_000), "no attempt came");
        return requestId;
    }

    /// <summary>Moves the clock to just before the wait is over, sees nothing, and moves it on.</summary>
    private async Task ExpectNoneBeforeAsync(TimeSpan wait)
    {
        // The next attempt is decided some time after the last one ended. Its time is absolute, so the clock may move from then on.
        await WhenAsync(async () => (await _host!.QueuedEventsAsync()).Any(queued => queued.NotBefore > _time.GetUtcNow()));
        _time.Advance(wait - TimeSpan.FromMilliseconds(1));
        Assert.Empty(_attempts);
        _time.Advance(TimeSpan.FromMilliseconds(1));
    }

    private Task WhenQueueIsEmptyAsync() => WhenAsync(async () => (await _host!.QueuedEventsAsync()).Count == 0);

    private static async Task WhenAsync(Func<Task<bool>> condition)
    {
        for (var i = 0; i < 500 && !await condition(); i++)
            await Task.Delay(20, TestContext.Current.CancellationToken);
        Assert.True(await condition());
    }
}
