namespace Daybreak.Cloud.Tests.Lambda.Runtime;

[Trait("Pace", "slow")]
public sealed class SandboxedMemoryTests() : MemoryTests(inSandbox: true);

[Trait("Pace", "slow")]
public sealed class UnsandboxedMemoryTests() : MemoryTests(inSandbox: false);

/// <summary>A function has no more than its memory in any state, whatever it does with it; in a sandbox as without one.</summary>
public abstract class MemoryTests(bool inSandbox)
{
    [Theory]
    [InlineData("")]
    [InlineData("if os.fork(): time.sleep(600)")]
    public async Task Init_that_takes_too_much_is_killed_and_reported(string first)
    {
        await using var host = await FunctionHost.StartAsync(inSandbox);

        var answer = await host.InvokeAsync(
            host.Python(
                $"""
                import os, time
                {first}
                data = b'x' * (300 * 1024 * 1024)
                time.sleep(600)
                def handler(event, context): return 1
                """
            )
        );

        Assert.Equal(
            $$"""{"errorType":"Runtime.ExitError","errorMessage":"RequestId: {{answer.Id}} Error: Runtime exited with error: signal: killed"}""",
            answer.Payload
        );
        Assert.EndsWith("Status: error\tError Type: Runtime.OutOfMemory\n", answer.LogTail, StringComparison.Ordinal);
        Assert.Contains(
            host.Messages,
            message => message.EndsWith("\tPhase: init\tStatus: error\tError Type: Runtime.OutOfMemory\n", StringComparison.Ordinal)
        );
        Assert.Contains(
            host.Messages,
            message => message.EndsWith("\tPhase: invoke\tStatus: error\tError Type: Runtime.OutOfMemory\n", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Idle_environment_that_takes_too_much_is_killed_and_the_next_call_gets_another()
    {
        await using var host = await FunctionHost.StartAsync(inSandbox);
        var function = host.Python(
            """
            import os, threading, time
            count = 0
            def take():
                while not os.path.exists('go'): time.sleep(0.01)
                data = b'x' * (300 * 1024 * 1024)
                time.sleep(600)
            def handler(event, context):
                global count
                count += 1
                if 'take' in event: threading.Thread(target=take).start()
                return count
            """
        );
        Assert.Equal("1", (await host.InvokeAsync(function)).Payload);
        Assert.Equal("2", (await host.InvokeAsync(function, "\"take\"")).Payload);

        await File.WriteAllTextAsync(Path.Combine(function.CodeDirectory, "go"), "", TestContext.Current.CancellationToken);
        while (FunctionProcess.Of(host).Any())
            await Task.Delay(20, TestContext.Current.CancellationToken);

        Assert.Equal("1", (await host.InvokeAsync(function)).Payload);
    }

    [Fact]
    public async Task Memory_that_processes_share_counts_once()
    {
        await using var host = await FunctionHost.StartAsync(inSandbox);

        var answer = await host.InvokeAsync(
            host.Python(
                """
                import os, time
                data = b'x' * (70 * 1024 * 1024)
                def handler(event, context):
                    for i in range(3):
                        if os.fork() == 0: time.sleep(600)
                    time.sleep(1) # several looks
                    return 'enough for four'
                """
            )
        );

        Assert.Equal("\"enough for four\"", answer.Payload);
    }

    [Fact]
    public async Task One_process_gets_no_more_at_once_than_its_machine_would_have()
    {
        await using var host = await FunctionHost.StartAsync(inSandbox);

        var answer = await host.InvokeAsync(
            host.Python(
                """
                def handler(event, context):
                    try:
                        return len(b'x' * (4 << 30))
                    except MemoryError:
                        return 'MemoryError'
                """
            )
        );

        if (host.Runtime.Limits.StartsWith("memory and processes by control groups", StringComparison.Ordinal))
            Assert.Contains("signal: killed", answer.Payload, StringComparison.Ordinal);
        else
            Assert.Equal("\"MemoryError\"", answer.Payload);
    }
}
