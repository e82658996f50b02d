using System.Net;

namespace Daybreak.Cloud.Tests.Lambda.Invoking;

[Trait("Pace", "slow")]
public sealed class ConcurrencyTests(LambdaCloud cloud) : IClassFixture<LambdaCloud>
{
    private const int Limit = 1000;

    [Fact]
    public async Task Beyond_the_accounts_limit_calls_are_throttled_until_one_ends()
    {
        var name = await cloud.CreateAsync();
        var release = new TaskCompletionSource();
        var all = new TaskCompletionSource();
        var running = 0;
        cloud.Runtime.Run = async (_, invocation, cancellation) =>
        {
            if (Interlocked.Increment(ref running) == Limit)
                all.SetResult();
            await release.Task.WaitAsync(cancellation);
            return ScriptedRuntime.Result(invocation.Payload);
        };
        var calls = Enumerable.Range(0, Limit).Select(_ => cloud.InvokeAsync(name, "1")).ToList();
        await Task.WhenAny(all.Task, Task.WhenAll(calls)).WaitAsync(TestContext.Current.CancellationToken);

        var refused = await cloud.InvokeAsync(name, "2");
        release.SetResult();

        Assert.Equal(Limit, running);
        Assert.Equal((HttpStatusCode.TooManyRequests, "TooManyRequestsException"), (refused.Status, refused.Error));
        Assert.Equal("ConcurrentInvocationLimitExceeded", (string?)refused.Json["Reason"]);
        Assert.All(await Task.WhenAll(calls), answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
        Assert.Equal(HttpStatusCode.OK, (await cloud.InvokeAsync(name, "3")).Status);
    }

    [Fact]
    public async Task A_reservation_limits_every_version_together_and_nobody_else()
    {
        var name = await cloud.CreateAsync(change: static request => request["Publish"] = true);
        var other = await cloud.CreateAsync();
        await ReserveAsync(name, 2);
        var (release, started) = (new TaskCompletionSource(), new SemaphoreSlim(0));
        cloud.Runtime.Run = async (function, invocation, cancellation) =>
        {
            if (function.FunctionName == name)
            {
                started.Release();
                await release.Task.WaitAsync(cancellation);
            }
            return ScriptedRuntime.Result(invocation.Payload);
        };
        Task<LambdaCloud.Answer>[] running = [cloud.InvokeAsync(name, "1"), cloud.InvokeAsync(name + ":1", "2")];
        await started.WaitAsync(TestContext.Current.CancellationToken);
        await started.WaitAsync(TestContext.Current.CancellationToken);

        foreach (var called in new[] { name, name + ":1", name + ":$LATEST" })
        {
            var refused = await cloud.InvokeAsync(called, "3");
            Assert.Equal(
                """{"Reason":"ReservedFunctionConcurrentInvocationLimitExceeded","Type":"User","message":"Rate Exceeded."}""",
                refused.Text
            );
            Assert.Equal((HttpStatusCode.TooManyRequests, "1"), (refused.Status, refused.Headers["Retry-After"]));
        }
        Assert.Equal(HttpStatusCode.OK, (await cloud.InvokeAsync(other, "4")).Status);
        release.SetResult();
        Assert.All(await Task.WhenAll(running), static answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
        Assert.Equal(HttpStatusCode.OK, (await cloud.InvokeAsync(name, "5")).Status);

        await ReserveAsync(name, 0);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await cloud.InvokeAsync(name, "6")).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await cloud.InvokeAsync(name, "6", ("X-Amz-Invocation-Type", "DryRun"))).Status);
        await cloud.SendAsync(HttpMethod.Delete, $"/2017-10-31/functions/{name}/concurrency");
        Assert.Equal(HttpStatusCode.OK, (await cloud.InvokeAsync(name, "7")).Status);
    }

    [Fact]
    public async Task Events_of_a_function_with_nothing_reserved_are_taken_and_never_run()
    {
        var name = await cloud.CreateAsync();
        await ReserveAsync(name, 0);
        Assert.Equal(HttpStatusCode.Accepted, (await cloud.InvokeAsync(name, "1", ("X-Amz-Invocation-Type", "Event"))).Status);
        while ((await cloud.Host.QueuedEventsAsync()).Any(queued => queued.Function.Name == name))
            await Task.Delay(5, TestContext.Current.CancellationToken);
        Assert.DoesNotContain(cloud.Runtime.Calls, call => call.Function.FunctionName == name);
    }

    [Fact]
    public Task Reserved_concurrency_is_the_functions_and_taken_from_the_others() =>
        Boto.RunAsync(cloud.Host.Endpoint, "lambda/functions/reserved_concurrency_is_the_functions_and_taken_from_the_others.py");

    private async Task ReserveAsync(string name, int count)
    {
        var body = new System.Text.Json.Nodes.JsonObject { ["ReservedConcurrentExecutions"] = count };
        Assert.Equal(HttpStatusCode.OK, (await cloud.SendAsync(HttpMethod.Put, $"/2017-10-31/functions/{name}/concurrency", body)).Status);
    }
}
