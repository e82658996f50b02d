using System.Diagnostics;
using Daybreak.Cloud.Lambda.Runtime;

namespace Daybreak.Cloud.Tests.Lambda.Runtime;

[Trait("Pace", "slow")]
public sealed class SandboxedLeftoverTests() : LeftoverTests(inSandbox: true);

[Trait("Pace", "slow")]
public sealed class UnsandboxedLeftoverTests() : LeftoverTests(inSandbox: false);

/// <summary>Processes of a function end with its environment, however that ends, with a sandbox and without.</summary>
public abstract class LeftoverTests(bool inSandbox)
{
    private const string Source = """
        import os, subprocess, time
        def stay():
            time.sleep(600)
            os._exit(0)
        def handler(event, context):
            if os.fork() == 0: stay()                     # in the group of its parent
            if os.fork() == 0: os.setsid(); stay()        # in a session of its own
            parent = os.fork()                            # and without its parent
            if parent == 0:
                os.setsid()
                if os.fork() == 0: stay()
                os._exit(0)
            if 'exit' not in event: os.waitpid(parent, 0) # else it is born while the runtime ends
            if 'bare' in event:                           # without an environment
                subprocess.Popen(['/bin/sh', '-c', 'sleep 600; : ' + os.environ['MARK']], env={}, start_new_session=True)
            print('started', flush=True)
            if 'exit' in event: os._exit(1)
            if 'wait' in event: time.sleep(600)
        """;

    private readonly string _mark = "mark-" + Guid.NewGuid().ToString("N");

    [Fact]
    public async Task Timeout_leaves_no_process()
    {
        await using var host = await FunctionHost.StartAsync(inSandbox);

        var running = host.InvokeAsync(Function(host) with { Timeout = TimeSpan.FromSeconds(5) }, "\"bare wait\"");
        await StartedAsync(host, running, 5);

        Assert.Contains("Sandbox.Timedout", (await running).Payload, StringComparison.Ordinal);
        await AssertGoneAsync();
    }

    [Fact]
    public async Task Exit_of_the_runtime_leaves_no_process()
    {
        await using var host = await FunctionHost.StartAsync(inSandbox);

        var answer = await host.InvokeAsync(Function(host), "\"exit\"");

        Assert.Contains("exit status 1", answer.Payload, StringComparison.Ordinal);
        Assert.Contains("started\n", host.Messages);
        await AssertGoneAsync();
    }

    [Fact]
    public async Task Reset_leaves_no_process_of_busy_and_idle_environments()
    {
        await using var host = await FunctionHost.StartAsync(inSandbox);
        var function = Function(host);
        var running = host.InvokeAsync(function, "\"bare wait\"");
        await StartedAsync(host, running, 5);
        await host.InvokeAsync(function, "\"bare\"");
        await StartedAsync(host, running, 10);

        await host.Runtime.ResetAsync();

        Assert.Contains("signal: killed", (await running).Payload, StringComparison.Ordinal);
        await AssertGoneAsync();
    }

    [Fact]
    public async Task End_of_one_environment_spares_what_another_has_started()
    {
        await using var host = await FunctionHost.StartAsync(inSandbox);
        var lasting = host.InvokeAsync(Function(host), "\"wait\"");
        await StartedAsync(host, lasting, 4);

        var other = host.Python(Source) with { FunctionArn = "arn:aws:lambda:eu-central-1:444455556666:function:other" };
        await host.InvokeAsync(other with { Environment = other.Environment.Add("MARK", "other") }, "\"exit\"");

        Assert.Equal(4, FunctionProcess.With(_mark).Length);
        await host.Runtime.ResetAsync();
        await lasting;
    }

    [Fact]
    public async Task Kill_of_the_local_AWS_leaves_no_process()
    {
        await using var host = await FunctionHost.StartAsync(inSandbox); // or the test is skipped
        using var killed = Process.Start(
            new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Daybreak.Cloud.TestHost"))
            {
                ArgumentList =
                {
                    host.StateDirectory,
                    host.Python(Source).CodeDirectory,
                    inSandbox ? "sandbox" : "process-group",
                    _mark,
                    "\"wait\"",
                },
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            }
        )!;
        Assert.Equal("started", await killed.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
        Assert.Equal(4 + 1, FunctionProcess.With(_mark).Length); // it has the mark among its arguments

        killed.Kill();
        await killed.WaitForExitAsync(TestContext.Current.CancellationToken);

        await AssertGoneAsync();
    }

    private FunctionVersion Function(FunctionHost host)
    {
        var function = host.Python(Source);
        return function with { Environment = function.Environment.Add("MARK", _mark) };
    }

    // Without this check, their absence at the end would prove nothing.
    private async Task StartedAsync(FunctionHost host, Task running, int processes)
    {
        while (host.Messages.Count(message => message == "started\n") < (processes + 4) / 5 && !running.IsCompleted)
            await Task.Delay(5, TestContext.Current.CancellationToken);
        int seen; // one more while a shell forks
        while ((seen = FunctionProcess.With(_mark).Length) != processes && !running.IsCompleted)
            await Task.Delay(5, TestContext.Current.CancellationToken);
        Assert.Equal(processes, seen);
    }

    // Killed processes need a moment to end, and processes of a killed local AWS are killed a moment later.
    private async Task AssertGoneAsync()
    {
        for (var round = 0; round < 2000 && FunctionProcess.With(_mark).Length > 0; round++)
            await Task.Delay(10, TestContext.Current.CancellationToken);
        Assert.Empty(FunctionProcess.With(_mark));
    }
}
