using System.Globalization;
using Daybreak.Cloud.Processes;

namespace Daybreak.Cloud.Lambda.Runtime.Names;

/// <summary>Finds the user whose socket has a port of this machine, in /proc/net.</summary>
internal static class SocketOwner
{
    private const int LocalAddress = 1,
        User = 7;

    /// <param name="protocol"><c>udp</c> or <c>tcp</c>; both versions of IP are searched.</param>
    /// <returns>Id of the user; null when no socket has the port.</returns>
    public static uint? Find(string protocol, int port)
    {
        var suffix = ":" + port.ToString("X4", CultureInfo.InvariantCulture);
        foreach (var table in (string[])[protocol, protocol + "6"])
        {
            foreach (var line in ProcessTree.Read("/proc/net/" + table).Split('\n').Skip(1))
            {
                var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
                if (
                    fields.Length > User
                    && fields[LocalAddress].EndsWith(suffix, StringComparison.Ordinal)
                    && uint.TryParse(fields[User], CultureInfo.InvariantCulture, out var user)
                )
                    return user;
            }
        }

        return null;
    }
}
