using System.Globalization;
using System.Text;

namespace Daybreak.Cloud.Processes;

/// <summary>Relations between processes, read from /proc. Processes that have ended in the meantime are omitted.</summary>
internal static class ProcessTree
{
    /// <summary>Children of all threads of <paramref name="process"/>.</summary>
    public static IEnumerable<int> Children(int process) => Tasks(process).SelectMany(task => ChildrenOf(task));

    /// <summary>Returns the children of the main thread only.</summary>
    public static IEnumerable<int> ChildrenOfMainThread(int process) => ChildrenOf($"/proc/{process}/task/{process}");

    /// <summary>Children, their children, and so on.</summary>
    public static IEnumerable<int> Descendants(int process) => Children(process).SelectMany(child => Descendants(child).Prepend(child));

    /// <summary>Returns the text of a file below /proc; empty when its process has ended or is inaccessible.</summary>
    public static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path, Encoding.ASCII);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    // A child belongs to the thread that started it.
    private static IEnumerable<int> ChildrenOf(string task) =>
        Read(task + "/children")
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(id => int.Parse(id, CultureInfo.InvariantCulture));

    private static string[] Tasks(int process)
    {
        try
        {
            return Directory.GetDirectories($"/proc/{process}/task");
        }
        catch (IOException)
        {
            return [];
        }
    }
}
