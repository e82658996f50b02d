using Daybreak.Cloud.Lambda.Runtime.Names;
using Daybreak.Cloud.Processes;

namespace Daybreak.Cloud.Lambda.Runtime.Isolation;

/// <summary>Finds out what isolation works on this machine by trying it.</summary>
internal static class SandboxProbe
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static async Task<ISandbox> FindAsync(string runtimeDirectory, TimeProvider time)
    {
        (var sandbox, var reason) = await TryBubblewrapAsync(runtimeDirectory, time);
        return sandbox ?? (ISandbox)await ProcessGroupSandbox.StartAsync(runtimeDirectory, reason);
    }

    private static async Task<(BubblewrapSandbox? Sandbox, string Reason)> TryBubblewrapAsync(string runtimeDirectory, TimeProvider time)
    {
        if (Bubblewrap.Program is not { } program)
            return (null, "bubblewrap is not installed");

        uint? firstUser = Environment.IsPrivilegedProcess ? FirstUser() : null;
        var names = new FunctionNames(runtimeDirectory);
        var trial = Directory.CreateTempSubdirectory("daybreak-probe-").FullName;
        try
        {
            File.SetUnixFileMode(trial, RuntimeFiles.Readable);
            var output = "";
            foreach (var limitsTemporary in (bool[])[true, false])
            {
                var sandbox = new BubblewrapSandbox(program, runtimeDirectory, firstUser, limitsTemporary, names);
                (var works, output) = await TryAsync(sandbox, trial, time);
                if (works)
                    return (sandbox, "");
            }

            await names.DisposeAsync();
            var reason = output.Split('\n', 2)[0];
            return (null, reason.Length == 0 ? "bubblewrap does not work here" : reason);
        }
        finally
        {
            Directory.Delete(trial, recursive: true);
        }
    }

    // The range is far above accounts, and each local AWS has its own, so that the limit on a user's processes counts one environment.
    private static uint FirstUser() => 0x2000_0000 + ((uint)(Environment.ProcessId & 0xffff) * 1024);

    private static async Task<(bool Works, string Output)> TryAsync(BubblewrapSandbox sandbox, string directory, TimeProvider time)
    {
        var function = new FunctionVersion(
            "probe",
            "",
            "",
            "",
            "",
            "",
            128,
            512,
            Patience,
            "",
            "",
            "",
            "",
            directory,
            [],
            System.Collections.Immutable.ImmutableDictionary<string, string>.Empty
        );
        var output = new MemoryStream();
        var start = sandbox.Start(new SandboxRequest(function, 0, "", null, "/tmp", "cd /var/task && echo $$ >/tmp/probe\n"u8.ToArray()));
        await using var child = await ChildProcess.StartAsync(start with { StandardError = chunk => output.Write(chunk) }, time);
        ProcessExit exit;
        try
        {
            exit = await child.Exited.WaitAsync(Patience, time);
        }
        catch (TimeoutException)
        {
            return (false, "bubblewrap hangs here");
        }

        return (exit.Succeeded, System.Text.Encoding.UTF8.GetString(output.ToArray()));
    }
}
