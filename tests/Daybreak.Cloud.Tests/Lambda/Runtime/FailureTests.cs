using System.Globalization;

namespace Daybreak.Cloud.Tests.Lambda.Runtime;

[Trait("Pace", "slow")]
public sealed class SandboxedFailureTests() : FailureTests(inSandbox: true);

[Trait("Pace", "slow")]
public sealed class UnsandboxedFailureTests() : FailureTests(inSandbox: false);

/// <summary>Failures of functions, with a sandbox and without.</summary>
public abstract class FailureTests(bool inSandbox)
{
    [Fact]
    public async Task Timeout_has_the_recorded_payload_and_the_next_call_gets_a_fresh_environment()
    {
        await using var host = await StartAsync();
        var function = host.Python(
            """
            import time
            count = 0
            def handler(event, context):
                global count
                count += 1
                if event.get('sleep'): time.sleep(60)
                return count
            """
        ) with
        {
            Timeout = TimeSpan.FromSeconds(1),
        };

        Assert.Equal("1", (await host.InvokeAsync(function)).Payload);
        var timedOut = await host.InvokeAsync(function, """{"sleep":true}""");
        var next = await host.InvokeAsync(function);

        Assert.Equal(
            $$"""{"errorType":"Sandbox.Timedout","errorMessage":"RequestId: {{timedOut.Id}} Error: Task timed out after 1.00 seconds"}""",
            timedOut.Payload
        );
        Assert.Equal("Unhandled", timedOut.FunctionError);
        Assert.Equal("1", next.Payload);
        Assert.Matches(
            $"\n\\d{{4}}-[^ ]+Z {timedOut.Id} Task timed out after 1.00 seconds\n\nEND RequestId: {timedOut.Id}\n",
            timedOut.LogTail
        );
        Assert.EndsWith("\tStatus: timeout\n", timedOut.LogTail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("import sys; sys.exit(0)", "Runtime exited without providing a reason")]
    [InlineData("import os; os._exit(0)", "Runtime exited without providing a reason")]
    [InlineData("import os; os._exit(5)", "Runtime exited with error: exit status 5")]
    [InlineData("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", "Runtime exited with error: signal: segmentation fault")]
    [InlineData("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "Runtime exited with error: signal: killed")]
    public async Task Exit_within_the_handler(string body, string message)
    {
        await using var host = await StartAsync();
        var function = host.Python(
            $"def handler(event, context):\n    if event.get('ok'): return 'ok'\n    print('before', flush=True)\n    {body}\n"
        );

        var answer = await host.InvokeAsync(function);

        Assert.Equal(
            $$"""{"errorType":"Runtime.ExitError","errorMessage":"RequestId: {{answer.Id}} Error: {{message}}"}""",
            answer.Payload
        );
        Assert.Contains(
            $"before\nRequestId: {answer.Id} Error: {message}\nRuntime.ExitError\nEND RequestId",
            answer.LogTail,
            StringComparison.Ordinal
        );
        Assert.EndsWith("\tStatus: error\tError Type: Runtime.ExitError\n", answer.LogTail, StringComparison.Ordinal);
        Assert.Equal("\"ok\"", (await host.InvokeAsync(function, """{"ok":1}""")).Payload);
    }

    [Fact]
    public async Task Exit_within_init_is_tried_again_in_the_invocation_and_reported()
    {
        await using var host = await StartAsync();

        var answer = await host.InvokeAsync(host.Python("import sys\nprint('init')\nsys.exit(0)\n"));

        Assert.Equal(
            $$"""{"errorType":"Runtime.ExitError","errorMessage":"RequestId: {{answer.Id}} Error: Runtime exited without providing a reason"}""",
            answer.Payload
        );
        Assert.Equal(2, host.Messages.Count(message => message == "init\n"));
        Assert.Contains(
            host.Messages,
            message => message.Contains("\tPhase: init\tStatus: error\tError Type: Runtime.ExitError", StringComparison.Ordinal)
        );
        Assert.Contains(
            host.Messages,
            message => message.Contains("\tPhase: invoke\tStatus: error\tError Type: Runtime.ExitError", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Init_that_hangs_is_bounded_by_the_timeout_of_the_invocation()
    {
        await using var host = await StartAsync();
        // The init phase takes its own 10 seconds first.
        var function = host.Python(
            """
            import os, sys, time
            print('init', flush=True)
            time.sleep(60)
            """
        ) with
        {
            Timeout = TimeSpan.FromSeconds(1),
        };

        var answer = await host.InvokeAsync(function);

        Assert.Contains("Task timed out after 1.00 seconds", answer.Payload, StringComparison.Ordinal);
        Assert.Contains(host.Messages, message => message.Contains("\tPhase: init\tStatus: timeout", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Missing_wrapper_ends_with_status_127()
    {
        await using var host = await StartAsync();
        var function = host.Python("def handler(event, context): return 1\n");

        var answer = await host.InvokeAsync(
            function with
            {
                Environment = function.Environment.Add("AWS_LAMBDA_EXEC_WRAPPER", "/idontexist.sh"),
            }
        );

        Assert.Equal(
            $$"""{"errorType":"Runtime.ExitError","errorMessage":"RequestId: {{answer.Id}} Error: Runtime exited with error: exit status 127"}""",
            answer.Payload
        );
    }

    [Fact]
    public async Task Response_that_is_too_large_has_the_recorded_payload_and_the_environment_lives_on()
    {
        await using var host = await StartAsync();
        var function = host.Python(
            """
            count = 0
            def handler(event, context):
                global count
                count += 1
                return 'x' * event['size'] if 'size' in event else count
            """
        );

        var answer = await host.InvokeAsync(function, """{"size":6291555}""");

        Assert.Equal(
            """{"errorMessage":"Response payload size exceeded maximum allowed payload size (6291556 bytes).","errorType":"Function.ResponseSizeTooLarge"}""",
            answer.Payload
        );
        Assert.Equal(6291556, (await host.InvokeAsync(function, """{"size":6291554}""")).Payload.Length);
        Assert.Equal("3", (await host.InvokeAsync(function)).Payload);
    }

    [Theory]
    [InlineData("")]
    [InlineData("if os.fork(): time.sleep(20)")]
    [InlineData("if os.fork(): time.sleep(20)\n    os.setsid()\n    if os.fork(): os._exit(0)")]
    public async Task Out_of_memory_kills_and_reports(string first)
    {
        await using var host = await StartAsync();

        var answer = await host.InvokeAsync(
            host.Python(
                $"""
                import os, time
                def handler(event, context):
                    {first}
                    data = bytearray(300 * 1024 * 1024)
                    for i in range(0, len(data), 4096): data[i] = 1
                    time.sleep(20)
                """
            )
        );

        Assert.Equal(
            $$"""{"errorType":"Runtime.ExitError","errorMessage":"RequestId: {{answer.Id}} Error: Runtime exited with error: signal: killed"}""",
            answer.Payload
        );
        Assert.Contains("Max Memory Used: 128 MB\t", answer.LogTail, StringComparison.Ordinal);
        Assert.EndsWith("Status: error\tError Type: Runtime.OutOfMemory\n", answer.LogTail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Function_that_prints_100_MB_neither_blocks_nor_loses_the_order()
    {
        await using var host = await StartAsync();
        long characters = 0;
        var function = host.Python(
            """
            def handler(event, context):
                for i in range(100): print('x' * 1_000_000)
                return 'done'
            """
        );

        var answer = await host.InvokeAsync(function);
        characters = host.Messages.Where(message => message[0] == 'x').Sum(message => (long)message.Count(letter => letter == 'x'));

        Assert.Equal("\"done\"", answer.Payload);
        Assert.Equal(100_000_000, characters);
        Assert.Equal(4096, answer.LogTail.Length);
        Assert.Contains($"xxx\nEND RequestId: {answer.Id}\nREPORT", answer.LogTail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Function_that_ignores_SIGTERM_and_closes_its_pipes_ends_at_its_timeout()
    {
        await using var host = await StartAsync();

        var answer = await host.InvokeAsync(
            host.Python(
                """
                import os, signal, time
                def handler(event, context):
                    signal.signal(signal.SIGTERM, signal.SIG_IGN)
                    for d in (0, 1, 2): os.close(d)
                    time.sleep(60)
                """
            ) with
            {
                Timeout = TimeSpan.FromSeconds(1),
            }
        );

        Assert.Contains("Sandbox.Timedout", answer.Payload, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Event_that_is_not_JSON_fails_in_the_runtime()
    {
        await using var host = await StartAsync();

        Assert.Contains(
            "Runtime.UnmarshalError",
            (await host.InvokeAsync(host.Python("def handler(event, context): return 1\n"), "{not json")).Payload,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Killed_processes_under_load_give_every_caller_its_own_reply_or_an_error()
    {
        await using var host = await StartAsync();
        var function = host.Python("import os\ndef handler(event, context):\n    return [event, os.getpid()]\n");
        using var killing = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var killer = Task.Run(
            async () =>
            {
                // The functions' processes are found by their program, as from outside.
                while (!killing.IsCancellationRequested)
                {
                    foreach (var id in FunctionProcess.Of(host))
                    {
                        // Rarely enough that some live through their start, which takes several rounds on a busy machine.
                        if (Random.Shared.Next(16) == 0)
                            FunctionProcess.Kill(id);
                    }

                    await Task.Delay(20, CancellationToken.None);
                }
            },
            TestContext.Current.CancellationToken
        );

        var failed = 0;
        await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(async caller =>
                {
                    for (var number = 0; number < 100; number++)
                    {
                        var own = string.Create(CultureInfo.InvariantCulture, $"\"{caller}-{number}\"");
                        var answer = await host.InvokeAsync(function, own);
                        if (answer.FunctionError is null)
                            Assert.StartsWith($"[{own}, ", answer.Payload, StringComparison.Ordinal);
                        else
                            Assert.Equal(
                                $$"""{"errorType":"Runtime.ExitError","errorMessage":"RequestId: {{answer.Id}} Error: Runtime exited with error: signal: killed"}""",
                                answer.Payload
                            );
                        if (answer.FunctionError is not null)
                            Interlocked.Increment(ref failed);
                    }
                })
        );
        await killing.CancelAsync();
        await killer;

        Assert.InRange(failed, 1, 799);
        Assert.StartsWith("[\"after\", ", (await host.InvokeAsync(function, "\"after\"")).Payload, StringComparison.Ordinal);
    }

    private Task<FunctionHost> StartAsync() => FunctionHost.StartAsync(inSandbox);
}
