using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Postgres;

/// <summary>
/// Checks that database servers can access the directories they need. PostgreSQL does not run as root, so a directory that only root can
/// enter, such as root's home, makes everything below it inaccessible.
/// </summary>
internal static class DirectoryAccess
{
    /// <param name="installations">The installations that servers use.</param>
    /// <param name="stateDirectory">The directory that keeps the servers; null: none.</param>
    /// <exception cref="StateException">A directory is inaccessible; the message contains the command that fixes it.</exception>
    public static async Task CheckAsync(IReadOnlyList<PostgresInstallation> installations, string? stateDirectory)
    {
        if (installations is not [{ User: not null } installation, ..])
            return; // servers run as our own user
        var users = ServerUser.HasOwn ? installation with { User = ServerUser.Stranger } : installation;
        if (stateDirectory is not null && !await IsReachedAsync(users, stateDirectory))
            throw Shut("state directory", stateDirectory, "./daybreak up --state-dir /var/lib/daybreak");
        var temporary = Path.GetTempPath();
        if (!await IsReachedAsync(users, temporary))
            throw Shut("temporary directory", temporary, "TMPDIR=/tmp ./daybreak up");
    }

    private static StateException Shut(string what, string path, string otherwise)
    {
        var shut = new List<string>();
        for (var directory = Real(path); directory is not null; directory = Path.GetDirectoryName(directory))
        {
            if (!File.GetUnixFileMode(directory).HasFlag(UnixFileMode.OtherExecute))
                shut.Insert(0, directory);
        }
        var doors = string.Join(' ', (shut.Count > 0 ? shut : [path]).Select(Quoted));
        return new StateException(
            $"Database servers cannot enter the {what} {path}: they do not run as root, and {doors} lets nobody else through.\n"
                + $"Let them through: chmod o+x {doors}\nOr choose another place: {otherwise}"
        );
    }

    /// <summary>Resolves links, because the directories behind them must be accessible.</summary>
    private static string Real(string path)
    {
        var real = "/";
        foreach (var name in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            var next = Path.Combine(real, name);
            real = Directory.ResolveLinkTarget(next, returnFinalTarget: false) is { } target ? Real(target.FullName) : next;
        }
        return real;
    }

    /// <summary>Quotes the path for a shell.</summary>
    private static string Quoted(string path) =>
        path.All(static character => char.IsAsciiLetterOrDigit(character) || "/._+-".Contains(character, StringComparison.Ordinal))
            ? path
            : $"'{path.Replace("'", @"'\''", StringComparison.Ordinal)}'";

    private static async Task<bool> IsReachedAsync(PostgresInstallation users, string directory)
    {
        try
        {
            await users.RunAsync("/usr/bin/test", ["-x", directory], "/");
            return true;
        }
        catch (PostgresServerException)
        {
            return false;
        }
    }
}
