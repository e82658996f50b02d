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
}
