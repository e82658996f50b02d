using System.Globalization;
using System.Text;

namespace Daybreak.Cloud.Lambda.Runtime;

/// <summary>Memory of processes, read from /proc. Bytes; 0 when the process has ended.</summary>
internal static class ProcessMemory
{
    /// <summary>The process that runs the function, below the sandbox's own.</summary>
    public static int FunctionProcess(int process)
    {
        while (Read($"/proc/{process}/comm").TrimEnd() == "bwrap" && Children(process).FirstOrDefault() is > 0 and int child)
            process = child;
        return process;
    }

    /// <summary>The most that <paramref name="process"/> ever had resident.</summary>
    public static long Peak(int process)
    {
        string status = Read($"/proc/{process}/status");
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
        string[] pages = Read($"/proc/{process}/statm").Split(' ');
        long total = pages.Length > 1 ? long.Parse(pages[1], CultureInfo.InvariantCulture) * Environment.SystemPageSize : 0;
        foreach (int child in Children(process))
            total += Resident(child);
        return total;
    }

    // A child belongs to the thread that started it.
    private static IEnumerable<int> Children(int process) =>
        Tasks(process).SelectMany(task => Read(task + "/children").Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Select(id => int.Parse(id, CultureInfo.InvariantCulture));

    private static string[] Tasks(int process)
    {
        try
        {
            return Directory.GetDirectories($"/proc/{process}/task");
        }
        catch (IOException)
        {
            return []; // it has ended
        }
    }

    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path, Encoding.ASCII);
        }
        catch (IOException)
        {
            return ""; // it has ended
        }
    }
}
