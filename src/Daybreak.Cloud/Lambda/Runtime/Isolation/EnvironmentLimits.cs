using System.Globalization;
using Daybreak.Cloud.Processes;

namespace Daybreak.Cloud.Lambda.Runtime.Isolation;

/// <summary>
/// Limits of an environment that the kernel enforces, beside the check every tenth of a second: a control group for all its processes
/// where this process may make one, otherwise the memory that each process may request.
/// </summary>
internal sealed class EnvironmentLimits
{
    /// <summary>AWS's own limit, which also counts threads.</summary>
    public const int Processes = 742;

    private const int ProcessesOfTheSandbox = 2;
    private const long Megabyte = 1024 * 1024;

    private readonly ControlGroups? _groups;

    private EnvironmentLimits(ControlGroups? groups, string reason)
    {
        _groups = groups;
        Description = groups is not null
            ? "control groups limit memory and processes"
            : $"memory is checked every 100 ms, in idle environments every second; each process has a limit of its own ({reason}); "
                + "nothing limits the data in pipes and sockets"
                + (IpcNamespace.IsSeen ? "" : " and System V's shared memory in a sandbox");
    }

    /// <summary>The text for <c>status</c>.</summary>
    public string Description { get; }

    /// <summary>Finds out what works on this machine by trying it.</summary>
    public static async Task<EnvironmentLimits> FindAsync(TimeProvider time)
    {
        (var groups, var reason) = ControlGroups.Create();
        if (groups is null)
            return new EnvironmentLimits(null, reason);
        var trial = groups.Add("trial", 64 * Megabyte, 10);
        var start = ControlGroups.Inside(new ChildStart { Program = "/bin/sh", Arguments = ["-c", ":"] }, trial);
        await using var child = await ChildProcess.StartAsync(start, time);
        var works = (await child.Exited).Succeeded;
        ControlGroups.Remove(trial);
        if (works)
            return new EnvironmentLimits(groups, "");
        groups.Remove();
        return new EnvironmentLimits(null, "control groups take no processes of this user");
    }

    /// <summary>The control group for the next process in <paramref name="slot"/>; null where there are no groups.</summary>
    /// <param name="hasOwnTmp">Whether its <c>/tmp</c> is in memory, which the kernel counts as the environment's.</param>
    public string? GroupFor(FunctionVersion function, int slot, bool hasOwnTmp) =>
        _groups?.Add(
            slot.ToString(CultureInfo.InvariantCulture),
            (function.MemorySizeMegabytes + (hasOwnTmp ? function.EphemeralStorageMegabytes : 0)) * Megabyte,
            Processes + ProcessesOfTheSandbox
        );

    /// <summary>
    /// Maximum megabytes that one process may request (RLIMIT_DATA); null where a control group counts the memory in use. It is far above
    /// MemorySize, because runtimes request more than they use; it limits the growth between two checks.
    /// </summary>
    public int? DataMegabytes(FunctionVersion function) => _groups is null ? (2 * function.MemorySizeMegabytes) + 512 : null;

    public void Remove() => _groups?.Remove();
}
