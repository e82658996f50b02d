using System.Globalization;
using Daybreak.Cloud.Lambda.Runtime;

namespace Daybreak.Cloud.Tests.Lambda.Runtime;

[Trait("Pace", "slow")]
public class LifecycleTests
{
    private const string Waiting = """
        import os, time
        runs = 0
        def handler(event, context):
            global runs
            runs += 1
            time.sleep(event)
            return [context.log_stream_name, runs]
        """;

    [Fact]
    public async Task Concurrent_calls_get_an_environment_each_and_later_ones_use_them_again()
    {
        await using var host = await FunctionHost.StartAsync();
        var function = host.Python(Waiting);

        var together = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => host.InvokeAsync(function, "2")));
        var environments = host.Runtime.EnvironmentCount;
        var after = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => host.InvokeAsync(function, "0.2")));

        Assert.Equal(5, together.Select(answer => answer.Payload).Distinct().Count());
        Assert.Equal(5, environments);
        Assert.Equal(5, host.Runtime.EnvironmentCount);
        Assert.All(after, answer => Assert.EndsWith(", 2]", answer.Payload, StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_environment_serves_calls_that_come_one_after_another()
    {
        await using var host = await FunctionHost.StartAsync();
        var function = host.Python(Waiting);

        for (var number = 1; number <= 50; number++)
            Assert.EndsWith(
                string.Create(CultureInfo.InvariantCulture, $", {number}]"),
                (await host.InvokeAsync(function, "0")).Payload,
                StringComparison.Ordinal
            );
        Assert.Equal(1, host.Runtime.EnvironmentCount);
    }

    [Fact]
    public async Task New_revision_gets_new_environments_and_the_running_invocation_ends_on_the_old_one()
    {
        await using var host = await FunctionHost.StartAsync();
        var old = host.Python(Waiting.Replace("runs]", "'old']", StringComparison.Ordinal));
        var changed = host.Python(Waiting.Replace("runs]", "'new']", StringComparison.Ordinal));
        await host.InvokeAsync(old, "0");

        var running = host.InvokeAsync(old, "0.5");
        host.Runtime.Retire(old.FunctionArn, changed.RevisionId);
        var next = await host.InvokeAsync(changed, "0");

        Assert.EndsWith("\"new\"]", next.Payload, StringComparison.Ordinal);
        Assert.EndsWith("\"old\"]", (await running).Payload, StringComparison.Ordinal);
        await CountAsync(host, 1);
    }

    [Fact]
    public async Task Idle_environments_are_reaped()
    {
        await using var host = await FunctionHost.StartAsync(change: options =>
            options with
            {
                IdleTimeout = TimeSpan.FromMilliseconds(100),
            }
        );
        var function = host.Python(Waiting);
        await host.InvokeAsync(function, "0");

        await CountAsync(host, 0);

        Assert.EndsWith(", 1]", (await host.InvokeAsync(function, "0")).Payload, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Beyond_the_limit_an_idle_environment_of_another_function_makes_room()
    {
        await using var host = await FunctionHost.StartAsync(change: options => options with { Environments = 1 });
        var first = host.Python(Waiting);
        var second = host.Python(Waiting) with { FunctionArn = "arn:aws:lambda:eu-central-1:444455556666:function:second" };

        await host.InvokeAsync(first, "0");
        await host.InvokeAsync(second, "0");

        Assert.Equal(1, host.Runtime.EnvironmentCount);
        Assert.EndsWith(", 1]", (await host.InvokeAsync(first, "0")).Payload, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Caller_that_goes_away_leaves_a_usable_environment()
    {
        await using var host = await FunctionHost.StartAsync();
        var function = host.Python(Waiting);
        await host.InvokeAsync(function, "0");
        using var gone = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            host.Runtime.InvokeAsync(function, new Invocation("gone", function.FunctionArn, "0.5"u8.ToArray()), gone.Token).AsTask()
        );
        while (!host.Messages.Contains("END RequestId: gone\n"))
            await Task.Delay(5, TestContext.Current.CancellationToken);

        Assert.EndsWith(", 3]", (await host.InvokeAsync(function, "0")).Payload, StringComparison.Ordinal);
        Assert.Equal(1, host.Runtime.EnvironmentCount);
    }

    [Fact]
    public async Task Reset_ends_busy_ones_too_and_functions_work_afterwards()
    {
        await using var host = await FunctionHost.StartAsync();
        var function = host.Python(Waiting);
        await host.InvokeAsync(function, "0");
        var running = host.InvokeAsync(function, "60");

        await host.Runtime.ResetAsync();

        Assert.Contains("Runtime exited with error: signal: killed", (await running).Payload, StringComparison.Ordinal);
        Assert.Equal(0, host.Runtime.EnvironmentCount);
        Assert.EndsWith(", 1]", (await host.InvokeAsync(function, "0")).Payload, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_left_behind()
    {
        var host = await FunctionHost.StartAsync();
        var function = host.Python(Waiting);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => host.InvokeAsync(function, "0.2")));
        Assert.NotEmpty(FunctionProcess.Of(host));

        await host.Runtime.DisposeAsync();

        Assert.Equal([function.CodeDirectory], Directory.GetFileSystemEntries(host.StateDirectory));
        // The kernel takes the sandbox's processes down by itself once its first one is dead.
        while (FunctionProcess.Of(host).Any())
            await Task.Delay(5, TestContext.Current.CancellationToken);
        Directory.Delete(host.StateDirectory, recursive: true);
    }

    [Fact]
    public void Ended_and_retiring_environments_take_no_more_invocations()
    {
        (EnvironmentState, EnvironmentState)[] allowed =
        [
            .. from start in Enum.GetValues<EnvironmentState>()
            from end in Enum.GetValues<EnvironmentState>()
            where EnvironmentStates.Allows(start, end)
            select (start, end),
        ];

        Assert.Equal(
            [
                (EnvironmentState.Starting, EnvironmentState.Idle),
                (EnvironmentState.Starting, EnvironmentState.Busy),
                (EnvironmentState.Starting, EnvironmentState.Ended),
                (EnvironmentState.Idle, EnvironmentState.Busy),
                (EnvironmentState.Idle, EnvironmentState.Ended),
                (EnvironmentState.Busy, EnvironmentState.Idle),
                (EnvironmentState.Busy, EnvironmentState.Retiring),
                (EnvironmentState.Busy, EnvironmentState.Ended),
                (EnvironmentState.Retiring, EnvironmentState.Ended),
            ],
            allowed
        );
    }

    private static async Task CountAsync(FunctionHost host, int count)
    {
        while (host.Runtime.EnvironmentCount != count)
            await Task.Delay(5, TestContext.Current.CancellationToken);
    }
}
