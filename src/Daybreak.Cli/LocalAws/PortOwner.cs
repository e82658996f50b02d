using System.Globalization;

namespace Daybreak.Cli.LocalAws;

/// <summary>
/// Finds the process that listens on a TCP port of this machine, from /proc. Only root can identify processes of other users.
/// </summary>
internal static class PortOwner
{
    private const string Listening = "0A";

    private static readonly string[] Tables = ["/proc/net/tcp", "/proc/net/tcp6"];

    /// <summary>Returns part of a sentence: <c>process 4711 (nginx)</c>; <c>another program</c> when it is not known.</summary>
    public static string Describe(int port)
    {
        var sockets = ListeningSockets(port);
        foreach (var directory in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(directory), CultureInfo.InvariantCulture, out var process) && Holds(directory, sockets))
                return $"process {process} ({NameOf(process)})";
        }

        return "another program";
    }

    /// <summary>
    /// Returns the name of the program that <paramref name="process"/> runs, at most 15 characters; null when there is no such process.
    /// </summary>
    public static string? NameOf(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/comm").TrimEnd('\n');
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static HashSet<string> ListeningSockets(int port)
    {
        // proc(5): 0 number, 1 local address, 2 remote address, 3 state, …, 9 inode
        var suffix = ":" + port.ToString("X4", CultureInfo.InvariantCulture);
        return
        [
            .. Tables
                .Where(File.Exists)
                .SelectMany(table => File.ReadLines(table).Skip(1))
                .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Where(fields => fields.Length > 9 && fields[3] == Listening && fields[1].EndsWith(suffix, StringComparison.Ordinal))
                .Select(fields => $"socket:[{fields[9]}]"),
        ];
    }

    private static bool Holds(string process, HashSet<string> sockets)
    {
        try
        {
            return Directory
                .EnumerateFiles(Path.Combine(process, "fd"))
                .Any(descriptor => TargetOf(descriptor) is { } target && sockets.Contains(target));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false; // the process belongs to another user, or has just ended
        }
    }

    /// <summary>Returns what a descriptor is of; null when it was closed meanwhile, as a busy program does all the time.</summary>
    private static string? TargetOf(string descriptor)
    {
        try
        {
            return File.ResolveLinkTarget(descriptor, returnFinalTarget: false)?.Name;
        }
        catch (IOException)
        {
            return null;
        }
    }
}
