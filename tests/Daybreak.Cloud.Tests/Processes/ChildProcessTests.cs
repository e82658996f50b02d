using System.ComponentModel;
using System.Globalization;
using Daybreak.Cloud.Processes;

namespace Daybreak.Cloud.Tests.Processes;

[Trait("Pace", "slow")]
public class ChildProcessTests
{
    [Theory]
    [InlineData("exit 0", 0, 0, "exit status 0")]
    [InlineData("exit 137", 137, 0, "exit status 137")]
    [InlineData("kill -KILL $$", 0, 9, "signal: killed")]
    [InlineData("kill -SEGV $$", 0, 11, "signal: segmentation fault")]
    public async Task Exit_tells_code_from_signal(string script, int code, int signal, string text)
    {
        (var exit, _) = await Shell.RunAsync(script);

        Assert.Equal((code, signal), (exit.Code, exit.Signal));
        Assert.Equal(text, exit.ToString());
    }

    [Fact]
    public async Task Child_has_the_given_environment_and_nothing_else()
    {
        (_, var output) = await Shell.RunAsync(
            "/usr/bin/env",
            start =>
                start with
                {
                    Program = "/usr/bin/env",
                    Arguments = [],
                    Environment = new Dictionary<string, string> { ["ONLY"] = "this = \"one\" é" },
                }
        );

        Assert.Equal("ONLY=this = \"one\" é\n", output);
    }

    [Fact]
    public async Task Child_leads_a_session_and_has_three_descriptors()
    {
        using var inheritable = File.OpenRead("/dev/null");
        await using var shell = await Shell.StartAsync(
            """
            pwd; read -r line || echo "no input"; read -r -a stat < /proc/$$/stat; echo "${stat[4]} ${stat[5]}"
            for number in {3..254}; do [ -e "/proc/$$/fd/$number" ] && echo "inherited $number"; done
            """,
            start => start with { WorkingDirectory = "/usr" }
        );
        await shell.Child.Exited;

        Assert.Equal($"/usr\nno input\n{shell.Child.Id} {shell.Child.Id}\n", shell.Output);
    }

    [Fact]
    public async Task Standard_input_is_handed_over()
    {
        (_, var output) = await Shell.RunAsync("cat", start => start with { StandardInput = "some bytes"u8.ToArray() });

        Assert.Equal("some bytes", output);
    }

    [Fact]
    public async Task Missing_program_is_named()
    {
        var error = await Assert.ThrowsAsync<Win32Exception>(() =>
            ChildProcess.StartAsync(new ChildStart { Program = "/no/such/program" })
        );

        Assert.Contains("/no/such/program", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Broken_pipe_ends_a_child_as_it_does_in_a_shell()
    {
        (var exit, _) = await Shell.RunAsync("yes | head -1 > /dev/null; exit ${PIPESTATUS[0]}");

        Assert.Equal(128 + 13, exit.Code); // SIGPIPE, which .NET itself ignores, is not ignored in the child
    }

    [Fact]
    public async Task Child_runs_as_another_user_without_groups()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root can change the user");
        var nobody = Assert.IsType<ChildUser>(ChildUser.Find("nobody"));

        (_, var output) = await Shell.RunAsync("id -u; id -G; echo opened > /dev/stdout", start => start with { User = nobody });

        Assert.Equal($"{nobody.UserId}\n{nobody.GroupId}\nopened\n", output);
    }

    [Fact]
    public async Task Output_of_100_MB_neither_blocks_the_child_nor_is_lost()
    {
        long received = 0;
        (var exit, _) = await Shell.RunAsync(
            "head -c 100000000 /dev/zero",
            start => start with { StandardOutput = chunk => received += chunk.Length }
        );

        Assert.True(exit.Succeeded);
        Assert.Equal(100_000_000, received);
    }

    [Fact]
    public async Task Child_that_closes_its_pipes_is_still_watched()
    {
        await using var shell = await Shell.StartAsync(
            "echo closing; exec >&- 2>&- <&-; exec sleep 60",
            start => start with { StandardError = _ => { } }
        );
        await shell.PrintedAsync("closing");

        Assert.False(shell.Child.Exited.IsCompleted);
        Assert.Equal(SignalName.Terminate, (await shell.Child.StopAsync(TimeSpan.FromSeconds(30))).Signal);
    }

    [Fact]
    public async Task Child_that_ignores_SIGTERM_is_killed_after_the_grace()
    {
        await using var shell = await Shell.StartAsync("trap '' TERM; echo ready; while :; do sleep 1; done");
        await shell.PrintedAsync("ready");

        Assert.Equal(SignalName.Kill, (await shell.Child.StopAsync(TimeSpan.FromMilliseconds(50))).Signal);
    }

    [Fact]
    public async Task Child_that_ends_on_SIGTERM_is_not_killed()
    {
        await using var shell = await Shell.StartAsync("trap 'exit 7' TERM; echo ready; while :; do sleep 0.01; done");
        await shell.PrintedAsync("ready");

        Assert.Equal(7, (await shell.Child.StopAsync(TimeSpan.FromSeconds(30))).Code);
    }

    [Fact]
    public async Task Grandchildren_end_with_the_group()
    {
        await using var shell = await Shell.StartAsync("(trap '' TERM HUP; sleep 300 & echo \"grandchild $!.\"; wait) & exec sleep 300");
        await shell.PrintedAsync(".");
        var grandchild = shell.Output.Split(' ', '.')[1];

        await shell.Child.StopAsync(TimeSpan.FromSeconds(30));

        await GoneAsync(grandchild);
    }

    [Fact]
    public async Task Grandchildren_do_not_outlive_a_leader_that_exits()
    {
        (var exit, var output) = await Shell.RunAsync("sleep 300 & echo $!");

        Assert.True(exit.Succeeded);
        await GoneAsync(output.Trim());
    }

    [Fact]
    public async Task Signal_after_the_end_does_nothing()
    {
        await using var shell = await Shell.StartAsync("exit 3");
        await shell.Child.Exited;

        shell.Child.SignalGroup(SignalName.Kill);

        Assert.Equal(3, (await shell.Child.StopAsync(TimeSpan.FromSeconds(1))).Code);
    }

    [Fact]
    public async Task Many_starts_at_once_leave_no_zombie()
    {
        var ended = await Task.WhenAll(Enumerable.Range(0, 100).Select(number => Shell.RunAsync($"echo $PPID $$; exit {number}")));

        Assert.Equal(Enumerable.Range(0, 100), ended.Select(child => child.Exit.Code));
        foreach ((_, var output) in ended)
        {
            var ids = output.Trim().Split(' ');
            Assert.Equal(Environment.ProcessId.ToString(CultureInfo.InvariantCulture), ids[0]);
            Assert.False(Directory.Exists("/proc/" + ids[1]), "a zombie was left behind");
        }
    }

    [Fact]
    public async Task Child_that_ended_leaves_no_descriptor()
    {
        // Descriptors of other tests come and go in parallel: a leak of one a child would still show in a hundred times as many.
        var before = Directory.GetFiles("/proc/self/fd").Length;
        for (var round = 0; round < 300; round++)
            await Shell.RunAsync(
                "echo out; echo err >&2",
                start => start with { StandardError = _ => { }, StandardInput = "x"u8.ToArray() }
            );

        Assert.InRange(Directory.GetFiles("/proc/self/fd").Length, 0, before + 250);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Kernel_is_asked_to_kill_the_child_when_we_die(bool asAnotherUser)
    {
        Assert.SkipUnless(!asAnotherUser || Environment.IsPrivilegedProcess, "only root can change the user");
        const string Program = "import ctypes; s = ctypes.c_int(); ctypes.CDLL(None).prctl(2, ctypes.byref(s)); " + "print(s.value)"; // PR_GET_PDEATHSIG
        (_, var output) = await Shell.RunAsync(
            "",
            start =>
                start with
                {
                    Program = ProgramPath.Find("python3")!,
                    Arguments = ["-c", Program],
                    User = asAnotherUser ? ChildUser.Find("nobody") : null,
                }
        );

        Assert.Equal("9\n", output);
    }

    private static async Task GoneAsync(string id)
    {
        // A killed process that waits for init to collect it has ended as well.
        while (File.Exists($"/proc/{id}/stat") && !await ZombieAsync(id))
            await Task.Delay(5, TestContext.Current.CancellationToken);
    }

    private static async Task<bool> ZombieAsync(string id)
    {
        try
        {
            return (await File.ReadAllTextAsync($"/proc/{id}/stat")).Contains(") Z", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return true;
        }
    }
}
