using System.ComponentModel;
using Daybreak.Cloud.Processes;

namespace Daybreak.Cloud.Postgres;

/// <summary>How the servers of different clusters are isolated on this machine.</summary>
/// <param name="Sandbox">Null: there is none, because separate users isolate the servers, or nothing does.</param>
/// <param name="Description">For <c>status</c>.</param>
internal sealed record ServerIsolation(ServerSandbox? Sandbox, string Description)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Finds out which isolation works here by trying it.</summary>
    /// <param name="installations">The installations that servers use.</param>
    public static async Task<ServerIsolation> FindAsync(IReadOnlyList<PostgresInstallation> installations)
    {
        if (installations is not [var installation, ..])
            return new(null, "there is no PostgreSQL");
        if (installation.User is { } user)
            return ServerUser.HasOwn
                ? new(null, "isolated by a separate user for each cluster")
                : NotApart(user.Name ?? $"{user.UserId}", "this container has only a part of the kernel's user ids");
        if (Bubblewrap.Program is not { } program)
            return NotApart(Environment.UserName, "bubblewrap is not installed");
        var sandbox = new ServerSandbox(program);
        return await RefusalAsync(sandbox, installation) is { } reason
            ? NotApart(Environment.UserName, reason)
            : new(sandbox, "isolated by bubblewrap, each server in its own sandbox");
    }

    private static ServerIsolation NotApart(string user, string reason) =>
        new(null, $"NOT isolated: all servers are the user {user} ({reason})");

    /// <summary>Returns null when it works.</summary>
    private static async Task<string?> RefusalAsync(ServerSandbox sandbox, PostgresInstallation installation)
    {
        var trial = new PostgresServerOptions { Directory = Directory.CreateTempSubdirectory("daybreak-probe-").FullName, Port = 0 };
        try
        {
            Directory.CreateDirectory(trial.DataDirectory);
            Directory.CreateDirectory(trial.SocketDirectory);
            await File.WriteAllTextAsync(Path.Combine(trial.DataDirectory, "PG_VERSION"), "");
            using var said = new ServerLog(null);
            var version = new ChildStart
            {
                Program = installation.Program("postgres"),
                Arguments = ["--version"],
                WorkingDirectory = trial.DataDirectory,
                StandardError = said.Write,
            };
            await using var child = await ChildProcess.StartAsync(await sandbox.AroundServerAsync(version, installation, trial));
            var exit = await child.Exited.WaitAsync(Patience);
            return exit.Succeeded ? null
                : said.Tail.Split('\n')[0] is { Length: > 0 } reason ? reason
                : $"bubblewrap does not work here: {exit}";
        }
        catch (Win32Exception error)
        {
            return error.Message; // it exists and cannot be started
        }
        catch (TimeoutException)
        {
            return "bubblewrap hangs here";
        }
        finally
        {
            Directory.Delete(trial.Directory, recursive: true);
        }
    }
}
