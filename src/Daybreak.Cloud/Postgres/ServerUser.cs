using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Daybreak.Cloud.Processes;

namespace Daybreak.Cloud.Postgres;

/// <summary>
/// Chooses the operating-system user of a cluster's servers. When we are root, it is a unique one, so that a compromised server can access
/// neither files nor sockets of another cluster. It needs no entry in <c>/etc/passwd</c>.
/// </summary>
internal static class ServerUser
{
    // Far above accounts, and next to the users of functions.
    private const uint First = 0x3000_0000;
    private const uint Count = 0x1000_0000;

    /// <summary>False in a container that has only a part of the kernel's user ids: all servers then have the same user.</summary>
    public static bool HasOwn { get; } = Maps("/proc/self/uid_map") && Maps("/proc/self/gid_map");

    /// <summary>Returns the same programs, run as the cluster's user.</summary>
    public static PostgresInstallation For(PostgresInstallation installation, string clusterResourceId)
    {
        if (installation.User is null || !HasOwn)
            return installation;
        var id = First + (BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(clusterResourceId))) % Count);
        return installation with { User = new ChildUser(id, id) };
    }

    /// <summary>A user that does not exist on this machine: every server's user can access what this one can.</summary>
    public static ChildUser Stranger { get; } = new(First, First);

    private static bool Maps(string file) =>
        File.Exists(file)
        && File.ReadLines(file)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Any(range =>
                range.Length == 3 && uint.Parse(range[0]) <= First && uint.Parse(range[0]) + (ulong)uint.Parse(range[2]) >= First + Count
            );
}
