using System.Diagnostics;
using System.Globalization;

namespace Daybreak.Cloud.Tests.Lambda.Runtime;

/// <summary>Processes of functions, found as an outsider would find them.</summary>
internal static class FunctionProcess
{
    /// <summary>The processes of a runtime, by their program and their view of the files.</summary>
    public static IEnumerable<int> Of(FunctionHost host) =>
        All.Where(id =>
        {
            var command = Read(id, "cmdline");
            return command.Contains("/bootstrap.py", StringComparison.Ordinal)
                && !command.StartsWith("/usr/bin/bwrap", StringComparison.Ordinal)
                && (
                    Read(id, "mountinfo").Contains(Path.GetFileName(host.StateDirectory), StringComparison.Ordinal)
                    || command.Contains(host.StateDirectory, StringComparison.Ordinal)
                );
        });

    /// <summary>The processes that have <paramref name="mark"/> in their environment or arguments, which ended ones do not have.</summary>
    public static int[] With(string mark) =>
        [
            .. All.Where(id =>
                Read(id, "environ").Contains(mark, StringComparison.Ordinal) || Read(id, "cmdline").Contains(mark, StringComparison.Ordinal)
            ),
        ];

    public static void Kill(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            process.Kill();
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // It has ended by itself.
        }
    }

    private static IEnumerable<int> All =>
        Directory
            .GetDirectories("/proc")
            .Select(directory => int.TryParse(Path.GetFileName(directory), CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id != 0 && id != Environment.ProcessId);

    private static string Read(int id, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/{file}");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
