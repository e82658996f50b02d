using System.Globalization;

namespace Daybreak.Cloud.Processes;

/// <summary>
/// A directory of ours in the kernel's control groups (version 2), below which children get groups of their own with limits that the
/// kernel holds. Where we may have one: as root of a machine, or in a subtree that systemd has delegated to our user.
/// </summary>
internal sealed class ControlGroups
{
    private const string Prefix = "daybreak-";

    // In front of a program, in its own process: no child of it is ever outside.
    private const string Enter = "echo 0 > \"$0/cgroup.procs\" && exec \"$@\"";

    private readonly string _directory;

    private ControlGroups(string directory) => _directory = directory;

    /// <summary>Makes our directory, and removes those of others that were killed.</summary>
    /// <returns>Null, and why, where the kernel has no such groups or we may not make any.</returns>
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
        // A group with processes of its own cannot have limited groups below: the nearest one above us that has.
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
                // Not ours to write: one further up may be.
            }
        }

        return (null, "no control group that this user may divide");
    }

    /// <summary>A new group, empty.</summary>
    /// <param name="memory">Most bytes of all its processes and their files in memory; nothing is swapped out.</param>
    public string Add(string name, long memory, int processes)
    {
        var group = Path.Combine(_directory, name);
        Remove(group);
        Directory.CreateDirectory(group);
        File.WriteAllText(group + "/memory.max", memory.ToString(CultureInfo.InvariantCulture));
        File.WriteAllText(group + "/memory.oom.group", "1");
        File.WriteAllText(group + "/pids.max", processes.ToString(CultureInfo.InvariantCulture));
        if (File.Exists(group + "/memory.swap.max")) // the kernel may be built without
            File.WriteAllText(group + "/memory.swap.max", "0");
        return group;
    }

    /// <summary>The same start, inside of a group.</summary>
    public static ChildStart Inside(ChildStart start, string group) =>
        start with
        {
            Program = "/bin/sh",
            Arguments = ["-c", Enter, group, start.Program, .. start.Arguments],
        };

    /// <summary>Whether the kernel has killed processes of the group for its memory.</summary>
    public static bool RanOutOfMemory(string group) =>
        ProcessTree
            .Read(group + "/memory.events")
            .Split('\n')
            .Any(line => line.StartsWith("oom_kill ", StringComparison.Ordinal) && line != "oom_kill 0");

    /// <summary>Kills what is left in a group and removes it; it stays, for the next start to remove, while a process is still
    /// ending.</summary>
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
            // Busy.
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
