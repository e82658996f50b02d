using Daybreak.Cloud.Hosting;
using Daybreak.Cloud.Postgres;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Tests.Rds;

/// <summary>A state directory behind a door that is shut for the servers' users.</summary>
public sealed class DirectoryAccessTests : IDisposable
{
    private readonly string _temporary = Directory.CreateTempSubdirectory("daybreak-door").FullName;

    public void Dispose() => Directory.Delete(_temporary, recursive: true);

    [Fact]
    public async Task Root_is_told_which_directory_shuts_servers_out_before_anything_starts()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Servers of an ordinary user go where the user goes.");
        var door = Directory
            .CreateDirectory(Path.Combine(_temporary, "home"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute)
            .FullName;
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

        // What the message names helps.
        foreach (var directory in (string[])[_temporary, door])
            File.SetUnixFileMode(directory, File.GetUnixFileMode(directory) | UnixFileMode.OtherExecute);
        await using var cloud = await CloudHost.StartAsync(options, cancellation: TestContext.Current.CancellationToken);
    }
}
