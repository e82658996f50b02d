using System.Globalization;
using System.Text.RegularExpressions;
using Daybreak.Cloud.Processes;

namespace Daybreak.Cloud.Rds.Roles;

/// <summary>Checks with the kernel's data whether a process is the bridge of one of our servers.</summary>
internal static partial class BridgePeer
{
    private const string LockFile = "pg_stat_tmp/aws_lambda.lock";

    /// <summary>
    /// Requires that it runs the bridge's program, that nobody traces it, and that its parent is the server's supervisor: the child of the
    /// postmaster in that data directory that holds the lock of which each server has one (<c>lock.c</c> of the extension).
    /// </summary>
    /// <param name="process">The process that asks.</param>
    /// <param name="program">The bridge's program.</param>
    /// <param name="dataDirectory">The server's data directory.</param>
    public static bool IsBridgeOf(int process, string program, string dataDirectory)
    {
        var (supervisor, tracer) = (ValueOf(process, "PPid"), ValueOf(process, "TracerPid"));
        return tracer == 0
            && supervisor > 1
            && ValueOf(supervisor, "PPid") is > 1 and var postmaster
            && IsSame($"/proc/{process}/exe", program)
            && IsSame($"/proc/{postmaster}/cwd", dataDirectory)
            && LibC.HolderOfFirstByte(Path.Combine(dataDirectory, LockFile)) == supervisor;
    }

    private static bool IsSame(string one, string other) => LibC.IdentityOf(one) is { } identity && identity == LibC.IdentityOf(other);

    /// <summary>Returns -1 when the process has ended.</summary>
    private static int ValueOf(int process, string name) =>
        Number().Matches(ProcessTree.Read($"/proc/{process}/status")).FirstOrDefault(line => line.Groups["name"].Value == name) is { } found
            ? int.Parse(found.Groups["value"].ValueSpan, CultureInfo.InvariantCulture)
            : -1;

    [GeneratedRegex(@"^(?<name>PPid|TracerPid):\t(?<value>\d+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Number();
}
