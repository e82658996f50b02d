using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Daybreak.Bridge.Backends;

/// <summary>The process at the other end of a Unix socket, as the kernel reports it (unix(7), SO_PEERCRED).</summary>
public static partial class PeerCredentials
{
    private const int SolSocket = 1;
    private const int SoPeerCred = 17;

    private static readonly uint OwnUser = GetEffectiveUser();

    /// <summary>The bridge serves its own operating-system user and root.</summary>
    public static bool MayConnect(Socket socket, out uint user)
    {
        // struct ucred { pid_t pid; uid_t uid; gid_t gid; }
        Span<byte> credentials = stackalloc byte[12];
        user = uint.MaxValue;
        if (socket.GetRawSocketOption(SolSocket, SoPeerCred, credentials) != credentials.Length)
            return false;
        user = MemoryMarshal.Read<uint>(credentials[4..]);
        return user == 0 || user == OwnUser;
    }

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint GetEffectiveUser();
}
