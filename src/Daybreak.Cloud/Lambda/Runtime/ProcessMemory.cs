using System.Globalization;
using Daybreak.Cloud.Processes;

namespace Daybreak.Cloud.Lambda.Runtime;

/// <summary>Reads the memory of processes from /proc, in bytes. It is 0 when the process has ended.</summary>
internal static class ProcessMemory
{
    /// <summary>
    /// The process that runs the function, and its parent, the sandbox's own process. Without a sandbox, the first is
    /// <paramref name="process"/> and the second 0. In a sandbox each is 0 until it has started.
    /// </summary>
    public static (int Function, int Sandbox) FunctionProcess(int process)
    {
        // Only this process is recognized by its name, as a function can choose the names of its own processes.
        if (ProcessTree.Read($"/proc/{process}/comm").TrimEnd() != "bwrap")
            return (process, 0);
        var sandbox = ProcessTree.Children(process).FirstOrDefault();
        var function = sandbox == 0 ? 0 : ProcessTree.Children(sandbox).FirstOrDefault();
        return (function, sandbox);
    }

    /// <summary>The peak resident memory of <paramref name="process"/>.</summary>
    public static long Peak(int process) => Bytes(ProcessTree.Read($"/proc/{process}/status"), "VmHWM:") ?? 0;

    /// <summary>The resident memory of <paramref name="process"/> and its descendants now.</summary>
    public static long Resident(int process) => Pages(process) + ProcessTree.Children(process).Sum(Resident);

    /// <summary>The same, counting memory that processes share once; the resident memory where the kernel does not report this.</summary>
    public static long Proportional(int process)
    {
        var own = Bytes(ProcessTree.Read($"/proc/{process}/smaps_rollup"), "Pss:") ?? Pages(process);
        return own + ProcessTree.Children(process).Sum(Proportional);
    }

    /// <summary>That of <paramref name="process"/> only, without its mappings of memory in <paramref name="held"/>.</summary>
    public static long ProportionalBeside(int process, HeldMemory held)
    {
        var maps = ProcessTree.Read($"/proc/{process}/smaps");
        if (maps.Length == 0)
            return Pages(process);
        var (bytes, counts) = (0L, true);
        foreach (var line in maps.AsSpan().EnumerateLines())
        {
            // A line ADDRESSES PERMISSIONS OFFSET DEVICE INODE NAME is followed by fields, whose names begin with a capital letter.
            if (line.Length > 0 && char.IsAsciiHexDigitLower(line[0]))
                counts = !IsHeld(line, held);
            else if (counts && line.StartsWith("Pss:", StringComparison.Ordinal))
                bytes += Kilobytes(line["Pss:".Length..]);
        }
        return bytes;
    }

    private static bool IsHeld(ReadOnlySpan<char> mapping, HeldMemory held)
    {
        var name = mapping.IndexOf('/');
        if (name < 0)
            return false;
        var numbers = mapping[..name].TrimEnd();
        var inode = ulong.Parse(numbers[(numbers.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture);
        return held.Has(mapping[name..], inode);
    }

    private static long Pages(int process)
    {
        var pages = ProcessTree.Read($"/proc/{process}/statm").Split(' ');
        return pages.Length > 1 ? long.Parse(pages[1], CultureInfo.InvariantCulture) * Environment.SystemPageSize : 0;
    }

    // Reads the number of a line `NAME: 123 kB`.
    private static long? Bytes(string text, string name)
    {
        var start = text.IndexOf(name, StringComparison.Ordinal);
        if (start < 0)
            return null;
        return Kilobytes(text.AsSpan(start + name.Length));
    }

    private static long Kilobytes(ReadOnlySpan<char> value) =>
        long.Parse(value[..value.IndexOf("kB", StringComparison.Ordinal)].Trim(), CultureInfo.InvariantCulture) * 1024;
}
