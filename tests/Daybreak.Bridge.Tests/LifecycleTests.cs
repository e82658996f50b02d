using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using Daybreak.Bridge.Tests.Parts;

namespace Daybreak.Bridge.Tests;

public sealed class LifecycleTests
{
    [Fact]
    public async Task Program_answers_on_a_relative_socket_that_only_its_owner_may_use()
    {
        using var directory = new TemporaryDirectory();
        await using var endpoint = ScriptedEndpoint.Answering(ScriptedEndpoint.Reply("1"));
        await using var bridge = new BridgeProcess(directory.Path, BridgeProcess.Keys);
        Assert.Equal("1", (await bridge.InvokeAsync(new Call { Endpoint = endpoint.Url })).ShouldBeResult().Payload);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(bridge.SocketPath));
    }

    [Theory]
    [InlineData(PosixSignal.SIGTERM)]
    [InlineData(PosixSignal.SIGINT)]
    public async Task Signal_ends_it_in_the_middle_of_a_call_and_takes_the_socket_along(PosixSignal signal)
    {
        using var directory = new TemporaryDirectory();
        await using var endpoint = new ScriptedEndpoint(async peer =>
        {
            await peer.ReadRequestAsync();
            await peer.NeverAsync();
        });
        await using var bridge = new BridgeProcess(directory.Path, BridgeProcess.Keys);
        using var client = await bridge.ConnectAsync();
        await client.SendAsync(new Call { Endpoint = endpoint.Url }.ToFrame());
        while (endpoint.Executions == 0)
            await Task.Delay(5, TestContext.Current.CancellationToken);
        bridge.Signal(signal);
        Assert.Equal(0, await bridge.ExitCodeAsync());
        Assert.True(await client.IsClosedAsync());
        Assert.False(File.Exists(bridge.SocketPath));
    }

    [Theory]
    [InlineData("ro", "Read-only file system")]
    [InlineData("nr_inodes=1", "No space left on device")]
    public async Task Place_where_no_socket_can_be_is_told_in_words(string options, string why)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root can mount a file system");
        using var directory = new TemporaryDirectory();
        var mount = $"mount -t tmpfs -o {options} none . && cd \"$PWD\" && exec \"$@\"";
        await using var bridge = new BridgeProcess(directory.Path, BridgeProcess.Keys, "unshare", "--mount", "sh", "-c", mount, "sh");
        Assert.Equal(1, await bridge.ExitCodeAsync());
        await bridge.HasLoggedAsync("daybreak-bridge: cannot listen on s: " + why);
    }

    [Fact]
    public async Task Full_disk_does_not_stop_calls()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root can mount a file system");
        using var directory = new TemporaryDirectory();
        await using var endpoint = ScriptedEndpoint.Answering(ScriptedEndpoint.Reply("1"));
        const string Mount = "mount -t tmpfs -o size=64k none . && cd \"$PWD\" && cat /dev/zero > fill; exec \"$@\"";
        await using var bridge = new BridgeProcess(directory.Path, BridgeProcess.Keys, "unshare", "--mount", "sh", "-c", Mount, "sh")
        {
            HasOwnDirectory = true,
        };
        for (var i = 0; i < 3; i++)
            (await bridge.InvokeAsync(new Call { Endpoint = endpoint.Url })).ShouldBeResult();
    }

    [Fact]
    public async Task Death_of_the_parent_ends_it()
    {
        using var directory = new TemporaryDirectory();
        await using var bridge = new BridgeProcess(directory.Path, BridgeProcess.Keys);
        using var client = await bridge.ConnectAsync();
        bridge.CloseInput();
        Assert.Equal(0, await bridge.ExitCodeAsync());
    }

    [Fact]
    public async Task Killed_bridge_is_replaced_on_the_same_socket()
    {
        using var directory = new TemporaryDirectory();
        await using var endpoint = ScriptedEndpoint.Answering(ScriptedEndpoint.Reply("1"));
        await using var first = new BridgeProcess(directory.Path, BridgeProcess.Keys);
        using var client = await first.ConnectAsync();
        first.KillAtOnce();
        await first.ExitCodeAsync();
        Assert.True(await client.IsClosedAsync());
        Assert.True(File.Exists(first.SocketPath));
        await using var second = new BridgeProcess(directory.Path, BridgeProcess.Keys);
        (await second.InvokeAsync(new Call { Endpoint = endpoint.Url })).ShouldBeResult();
    }

    [Fact]
    public async Task Bridge_that_ends_late_leaves_the_socket_of_its_successor()
    {
        using var directory = new TemporaryDirectory();
        await using var endpoint = ScriptedEndpoint.Answering(ScriptedEndpoint.Reply("1"));
        await using var old = new BridgeProcess(directory.Path, BridgeProcess.Keys);
        (await old.ConnectAsync()).Dispose();
        await using var successor = new BridgeProcess(directory.Path, BridgeProcess.Keys);
        while (!successor.Errors.Contains("bridge started", StringComparison.Ordinal))
            await Task.Delay(5, TestContext.Current.CancellationToken);
        old.Signal(PosixSignal.SIGTERM);
        await old.ExitCodeAsync();
        (await successor.InvokeAsync(new Call { Endpoint = endpoint.Url })).ShouldBeResult();
    }

    [Fact]
    public async Task Other_users_are_turned_away()
    {
        if (!Environment.IsPrivilegedProcess || !File.Exists("/usr/bin/setpriv"))
            Assert.Skip("needs root and setpriv");
        using var directory = new TemporaryDirectory();
        await using var bridge = new BridgeProcess(directory.Path, BridgeProcess.Keys);
        (await bridge.ConnectAsync()).Dispose();
        // The file's mode permits everything, so that only the peer check can refuse.
        File.SetUnixFileMode(bridge.SocketPath, (UnixFileMode)0b110_110_110);
        File.SetUnixFileMode(directory.Path, (UnixFileMode)0b111_101_101);
        var (own, _) = await StatusAsync(bridge);
        var (others, told) = await StatusAsync(bridge, "65534");
        Assert.Equal(0, own);
        Assert.Equal(1, others);
        Assert.Contains("operating-system user 65534", told, StringComparison.Ordinal);
        await bridge.HasLoggedAsync("operating-system user 65534");
    }

    [Fact]
    public async Task Status_is_printed_by_the_program_itself()
    {
        using var directory = new TemporaryDirectory();
        await using var bridge = new BridgeProcess(directory.Path, BridgeProcess.Keys);
        (await bridge.ConnectAsync()).Dispose();
        var (exit, output) = await StatusAsync(bridge);
        Assert.Equal(0, exit);
        Assert.Equal(bridge.Id, JsonDocument.Parse(output).RootElement.GetProperty("pid").GetInt32());
    }

    [Theory]
    [InlineData("--nonsense", 2)]
    [InlineData("--socket", 2)]
    [InlineData("--help", 0)]
    [InlineData("--version", 0)]
    public async Task Command_line_is_followed_or_refused(string argument, int exit)
    {
        using var process = Process.Start(
            new ProcessStartInfo(BridgeProcess.Program, [argument]) { RedirectStandardError = true, RedirectStandardOutput = true }
        )!;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(exit, process.ExitCode);
    }

    private static async Task<(int Exit, string Output)> StatusAsync(BridgeProcess bridge, string? user = null)
    {
        // Another user may not be able to read this build, so that python3 connects to the socket.
        var program = BridgeProcess.Program;
        var start = user is null
            ? new ProcessStartInfo(program, ["--status", "--socket", bridge.SocketPath])
            : new ProcessStartInfo(
                "/usr/bin/setpriv",
                ["--reuid", user, "--clear-groups", "/usr/bin/python3", "-c", AskAsAnother, bridge.SocketPath]
            );
        start.RedirectStandardOutput = true;
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output);
    }

    private const string AskAsAnother = """
        import socket, sys
        s = socket.socket(socket.AF_UNIX)
        s.connect(sys.argv[1])
        try:
            s.sendall(b"\x00\x00\x00\x04H\x00\x01x")
        except OSError:
            pass
        answer = s.recv(4096)
        print(answer)
        sys.exit(0 if answer[4:5] == b"W" else 1)
        """;
}
