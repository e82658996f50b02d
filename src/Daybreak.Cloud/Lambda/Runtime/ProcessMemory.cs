using System.Globalization;
using Daybreak.Cloud.Processes;

namespace Daybreak.Cloud.Lambda.Runtime;

/// <summary>Memory of processes, read from /proc. Bytes; 0 when the process has ended.</summary>
internal static class ProcessMemory
{
    /// <summary>The process that runs the function, and the sandbox's own right above it; 0 when there is none.</summary>
    public static (int Function, int Sandbox) FunctionProcess(int process)
    {
        int sandbox = 0;
        while (ProcessTree.Read($"/proc/{process}/comm").TrimEnd() == "bwrap" && ProcessTree.Children(process).FirstOrDefault() is > 0 and int child)
            (sandbox, process) = (process, child);
        return (process, sandbox);
    }

    /// <summary>The most that <paramref name="process"/> ever had resident.</summary>
    public static long Peak(int process)
    {
        string status = ProcessTree.Read($"/proc/{process}/status");
        int start = status.IndexOf("VmHWM:", StringComparison.Ordinal);
        if (start < 0)
            return 0;
        ReadOnlySpan<char> value = status.AsSpan(start + 6);
        value = value[..value.IndexOf("kB", StringComparison.Ordinal)].Trim();
        return long.Parse(value, CultureInfo.InvariantCulture) * 1024;
    }

    /// <summary>What <paramref name="process"/> and its descendants have resident now.</summary>
    public static long Resident(int process)
    {
        string[] pages = ProcessTree.Read($"/proc/{process}/statm").Split(' ');
        long total = pages.Length > 1 ? long.Parse(pages[1], CultureInfo.InvariantCulture) * Environment.SystemPageSize : 0;
        return total + ProcessTree.Children(process).Sum(Resident);
    }
}
