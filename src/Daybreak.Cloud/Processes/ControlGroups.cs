using System.Globalization;

namespace Daybreak.Cloud.Processes;

/// <summary>
/// A directory of ours in the kernel's control groups (version 2), below which children get their own groups with limits that the kernel
/// enforces. It is available when we are root, or in a subtree that systemd has delegated to our user.
/// </summary>
internal sealed class ControlGroups
{
    private const string Prefix = "daybreak-";

    // Runs before the program, in its own process, so that no child of it is ever outside of the group.
    private const string Enter = "echo 0 > \"$0/cgroup.procs\" && exec \"$@\"";

    private readonly string _directory;

    private ControlGroups(string directory) => _directory = directory;

    /// <summary>Makes our directory, and removes those of killed processes.</summary>
    /// <returns>Null and the reason, if the kernel has no such groups or we may not create any.</returns>
    public static (ControlGroups? Groups, string Reason) Create(string mount = "/sys/fs/cgroup", string membership = "/proc/self/cgroup")
    {
        var own = File.Exists(membership)
            ? File.ReadLines(membership)
                .Where(line => line.StartsWith("0::/", StringComparison.Ordinal))
                .Select(line => line[3..])
                .FirstOrDefault()
            : null;
        if (own is null || !Words(Path.Combine(mount, "cgroup.controllers")).Contains("memory"))
            return (null, "no control groups of version 2 for memory");
        // A group with processes of its own cannot have limited groups below it, so this finds the nearest one above us that can.
        for (var group = own; group is not null; group = Path.GetDirectoryName(group))
        {
            var parent = mount + group.TrimEnd('/');
            if (!Words(parent + "/cgroup.subtree_control").Intersect(["memory", "pids"]).Skip(1).Any())
                continue;
            try
            {
                Sweep(parent);
                var directory = $"{parent}/{Prefix}{Environment.ProcessId}";
                Directory.CreateDirectory(directory);
                File.WriteAllText(directory + "/cgroup.subtree_control", "+memory +pids");
                return (new ControlGroups(directory), "");
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // We may not write here; a group further up may be writable.
            }
        }

        return (null, "no control group that this user may divide");
    }

    /// <summary>Creates an empty group.</summary>
    /// <param name="memory">The limit in bytes of all its processes and their files in memory; nothing is swapped out.</param>
    public string Add(string name, long memory, int processes)
    {
        var group = Path.Combine(_directory, name);
        Remove(group);
        Directory.CreateDirectory(group);
        File.WriteAllText(group + "/memory.max", memory.ToString(CultureInfo.InvariantCulture));
        File.WriteAllText(group + "/memory.oom.group", "1");
        File.WriteAllText(group + "/pids.max", processes.ToString(CultureInfo.InvariantCulture));
        if (File.Exists(group + "/memory.swap.max")) // the kernel may have been built without it
            File.WriteAllText(group + "/memory.swap.max", "0");
        return group;
    }

    /// <summary>Returns the same start, inside of a group.</summary>
    public static ChildStart Inside(ChildStart start, string group) =>
        start with
        {
            Program = "/bin/sh",
            Arguments = ["-c", Enter, group, start.Program, .. start.Arguments],
        };

    /// <summary>Whether the kernel has killed processes of the group for lack of memory.</summary>
    public static bool RanOutOfMemory(string group) =>
        ProcessTree
            .Read(group + "/memory.events")
            .Split('\n')
            .Any(line => line.StartsWith("oom_kill ", StringComparison.Ordinal) && line != "oom_kill 0");

    /// <summary>
    /// Kills the remaining processes of a group and removes it. While a process is still ending, the group stays, and the next start
    /// removes it.
    /// </summary>
    public static void Remove(string group)
    {
        if (!Directory.Exists(group))
            return;
        try
        {
            if (File.Exists(group + "/cgroup.kill"))
                File.WriteAllText(group + "/cgroup.kill", "1");
            foreach (var below in Directory.GetDirectories(group))
                Remove(below);
            Directory.Delete(group);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The group is still busy.
        }
    }

    public void Remove() => Remove(_directory);

    private static void Sweep(string parent)
    {
        foreach (var group in Directory.GetDirectories(parent, Prefix + "*"))
        {
            if (!Directory.Exists("/proc/" + Path.GetFileName(group)[Prefix.Length..]))
                Remove(group);
        }
    }

    private static string[] Words(string file) => ProcessTree.Read(file).Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
}
