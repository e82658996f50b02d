using Daybreak.Cloud.Hosting;
using Daybreak.Cloud.Postgres;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Tests.Postgres;

/// <summary>A state directory behind a door that is shut for the servers' users.</summary>
public sealed class DirectoryAccessTests : IDisposable
{
    private const UnixFileMode OnlyMine = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly string _temporary = Directory.CreateTempSubdirectory("daybreak-door").FullName;

    public void Dispose() => Directory.Delete(_temporary, recursive: true);

    [Fact]
    public async Task Root_is_told_which_directory_shuts_servers_out_before_anything_starts()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Servers of an ordinary user go where the user goes.");
        var door = Directory.CreateDirectory(Path.Combine(_temporary, "home"), OnlyMine).FullName;
        var options = new CloudOptions
        {
            Port = 0,
            Postgres = PostgresInstallation.OfSystem(),
            StateDirectory = Path.Combine(door, "state"),
        };

        var error = await Assert.ThrowsAsync<StateException>(() =>
            CloudHost.StartAsync(options, cancellation: TestContext.Current.CancellationToken)
        );

        Assert.Equal(
            $"Database servers cannot enter the state directory {door}/state: they do not run as root, and {_temporary} {door} "
                + "lets nobody else through.\n"
                + $"Let them through: chmod o+x {_temporary} {door}\nOr choose another place: ./daybreak up --state-dir /var/lib/daybreak",
            error.Message
        );

        // The command in the message fixes the problem.
        foreach (var directory in (string[])[_temporary, door])
            File.SetUnixFileMode(directory, File.GetUnixFileMode(directory) | UnixFileMode.OtherExecute);
        await using var cloud = await CloudHost.StartAsync(options, cancellation: TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task The_command_helps_also_behind_a_link_and_with_names_that_a_shell_splits()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Servers of an ordinary user go where the user goes.");
        File.SetUnixFileMode(_temporary, File.GetUnixFileMode(_temporary) | UnixFileMode.OtherExecute);
        var door = Directory.CreateDirectory(Path.Combine(_temporary, "Ann's home"), OnlyMine).FullName;
        Directory.CreateDirectory(Path.Combine(door, "aws"));
        Directory.CreateSymbolicLink(Path.Combine(_temporary, "link"), "Ann's home/aws");
        var options = new CloudOptions
        {
            Port = 0,
            Postgres = PostgresInstallation.OfSystem(),
            StateDirectory = Path.Combine(_temporary, "link", "state"),
        };

        var error = await Assert.ThrowsAsync<StateException>(() =>
            CloudHost.StartAsync(options, cancellation: TestContext.Current.CancellationToken)
        );

        var command = error.Message.Split('\n')[1].Replace("Let them through: ", "", StringComparison.Ordinal);
        Assert.Equal($@"chmod o+x '{_temporary}/Ann'\''s home'", command);
        using var shell = System.Diagnostics.Process.Start("/bin/sh", ["-c", command]);
        await shell.WaitForExitAsync(TestContext.Current.CancellationToken);
        await using var cloud = await CloudHost.StartAsync(options, cancellation: TestContext.Current.CancellationToken);
    }
}
