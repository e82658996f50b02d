using System.Diagnostics;
using Daybreak.Cloud.Processes;

namespace Daybreak.Cloud.Tests.Processes;

/// <summary>Finds the holder of a lock on a file that another user may replace with anything.</summary>
[Trait("Pace", "slow")]
public sealed class FileLockTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("daybreak-test-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task The_process_with_the_lock_is_named()
    {
        var file = Path.Combine(_directory, "locked");
        File.WriteAllText(file, "x");
        Assert.Equal(0, LibC.HolderOfFirstByte(file));
        using var holder = Process.Start(
            new ProcessStartInfo(
                "python3",
                [
                    "-c",
                    "import fcntl, sys; f = open(sys.argv[1], 'r+'); fcntl.lockf(f, fcntl.LOCK_EX); print('locked', flush=True); "
                        + "sys.stdin.read()",
                    file,
                ]
            )
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            }
        )!;
        Assert.Equal("locked", await holder.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
        Assert.Equal(holder.Id, LibC.HolderOfFirstByte(file));
        holder.StandardInput.Close();
        await holder.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_pipe_that_nobody_writes_to_keeps_nobody_waiting()
    {
        var pipe = Path.Combine(_directory, "pipe");
        using var maker = Process.Start("mkfifo", pipe);
        await maker.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, LibC.HolderOfFirstByte(pipe));
        Assert.Equal(0, LibC.HolderOfFirstByte(Path.Combine(_directory, "gone")));
    }
}
