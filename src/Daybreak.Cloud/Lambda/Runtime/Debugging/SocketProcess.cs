using System.Globalization;
using Daybreak.Cloud.Processes;

namespace Daybreak.Cloud.Lambda.Runtime.Debugging;

/// <summary>Finds the process at the other end of a connection on this machine, in /proc.</summary>
internal static class SocketProcess
{
    private const int LocalAddress = 1,
        Inode = 9;

    /// <param name="ports">Ports of the other ends.</param>
    /// <returns>0: none was found.</returns>
    public static int Find(IReadOnlyCollection<int> ports)
    {
        var wanted = Inodes(ports);
        if (wanted.Count == 0)
            return 0;
        foreach (var directory in Directory.EnumerateDirectories("/proc"))
        {
            if (
                int.TryParse(Path.GetFileName(directory), NumberStyles.None, CultureInfo.InvariantCulture, out var process)
                && process != Environment.ProcessId
                && Opened(directory).Any(wanted.Contains)
            )
                return process;
        }
        return 0;
    }

    private static HashSet<string> Inodes(IReadOnlyCollection<int> ports)
    {
        var suffixes = ports.Select(static port => ":" + port.ToString("X4", CultureInfo.InvariantCulture)).ToHashSet();
        return
        [
            .. ProcessTree
                .Read("/proc/net/tcp")
                .Split('\n')
                .Skip(1)
                .Select(static line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Where(fields => fields.Length > Inode && suffixes.Contains(fields[LocalAddress][^5..]))
                .Select(static fields => $"socket:[{fields[Inode]}]"),
        ];
    }

    private static IEnumerable<string> Opened(string process)
    {
        try
        {
            return [.. new DirectoryInfo(process + "/fd").EnumerateFileSystemInfos().Select(static file => file.LinkTarget ?? "")];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return []; // it has ended, or is of another user
        }
    }
}
