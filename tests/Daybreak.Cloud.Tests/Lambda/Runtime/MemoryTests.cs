namespace Daybreak.Cloud.Tests.Lambda.Runtime;

[Trait("Pace", "slow")]
public sealed class SandboxedMemoryTests() : MemoryTests(inSandbox: true)
{
    /// <summary>Without a sandbox the messages would fill the queues of the machine.</summary>
    [Fact]
    public Task Messages_count() => What_no_process_has_resident_counts("messages(200)");
}

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
        while (host.Runtime.EnvironmentCount > 0)
            await Task.Delay(20, TestContext.Current.CancellationToken);

        Assert.Empty(FunctionProcess.Of(host));
        Assert.Equal("1", (await host.InvokeAsync(function)).Payload);
    }

    private const string Ipc = """
        import ctypes, mmap, os, time
        libc = ctypes.CDLL(None, use_errno=True)
        libc.shmat.restype = ctypes.c_void_p
        def memory_file(megabytes):
            file = os.memfd_create('held')
            for _ in range(megabytes): os.write(file, bytes(1 << 20))
            return file
        def segment(megabytes):
            id = libc.shmget(0, ctypes.c_size_t(megabytes << 20), 0o1600)
            assert id >= 0, os.strerror(ctypes.get_errno())
            address = libc.shmat(id, None, 0)
            ctypes.memset(address, 1, megabytes << 20)
            return address
        def messages(megabytes):
            for _ in range(megabytes * 64):
                queue = libc.msgget(0, 0o1600)
                assert queue >= 0, os.strerror(ctypes.get_errno())
                for _ in range(2): assert libc.msgsnd(queue, ctypes.create_string_buffer(b'x' * 8, 8 + 8192), ctypes.c_size_t(8192), 0o4000) == 0

        """;

    [Theory]
    [InlineData("files = [memory_file(60) for i in range(5)]")]
    [InlineData("if os.fork() == 0:\n    files = [memory_file(60) for i in range(5)]\n    time.sleep(600)")]
    [InlineData("for i in range(5): libc.shmdt(ctypes.c_void_p(segment(60)))")]
    public async Task What_no_process_has_resident_counts(string take)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root sees System V's memory in a sandbox.");
        await using var host = await FunctionHost.StartAsync(inSandbox);
        var segments = Segments();

        var answer = await host.InvokeAsync(
            host.Python(
                Ipc
                    + $"""
                    def handler(event, context):
                        {take.Replace("\n", "\n    ", StringComparison.Ordinal)}
                        time.sleep(600)
                    """
            )
        );

        Assert.Contains("Error: Runtime exited with error: signal: killed", answer.Payload, StringComparison.Ordinal);
        Assert.EndsWith("Status: error\tError Type: Runtime.OutOfMemory\n", answer.LogTail, StringComparison.Ordinal);
        Assert.Equal(segments, Segments());

        // The size identifies the segment, as servers of other tests have segments, too.
        static string[] Segments() =>
            [.. File.ReadAllLines("/proc/sysvipc/shm").Where(line => line.Contains($" {60 << 20} ", StringComparison.Ordinal))];
    }

    [Fact]
    public async Task Shared_memory_that_is_held_and_mapped_counts_once()
    {
        await using var host = await FunctionHost.StartAsync(inSandbox);

        var answer = await host.InvokeAsync(
            host.Python(
                Ipc
                    + """
                    def handler(event, context):
                        file = memory_file(40)
                        mapped = mmap.mmap(file, 40 << 20)
                        for page in range(0, 40 << 20, 4096): mapped[page]
                        address = segment(40)
                        for i in range(2):
                            if os.fork() == 0:
                                for page in range(0, 40 << 20, 4096): mapped[page], ctypes.string_at(address + page, 1)
                                time.sleep(600)
                        time.sleep(1) # several looks
                        return 'enough for six'
                    """
            )
        );

        Assert.Equal("\"enough for six\"", answer.Payload);
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

        if (host.Runtime.Limits.StartsWith("control groups limit memory and processes", StringComparison.Ordinal))
            Assert.Contains("signal: killed", answer.Payload, StringComparison.Ordinal);
        else
            Assert.Equal("\"MemoryError\"", answer.Payload);
    }
}
