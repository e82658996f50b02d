using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Daybreak.Bridge.Sockets;

/// <summary>The socket in the file system. Only its owner may connect, and it replaces the socket of a bridge that was killed.</summary>
public sealed partial class SocketFile : IDisposable
{
    private const uint OwnerOnly = 0b001_111_111; // umask 0177: mode 0600
    private const int Backlog = 4096; // the most that Linux keeps (net.core.somaxconn): a storm of new sessions waits here, in its order
    private readonly string _path;
    private readonly (ulong Device, ulong Inode)? _identity;

    private SocketFile(string path, Socket listener)
    {
        (_path, Listener) = (path, listener);
        _identity = IdentityOf(path);
    }

    public Socket Listener { get; }

    /// <summary>Binds and listens. From here on clients can connect, and wait to be accepted.</summary>
    /// <exception cref="IOException">There can be no socket in this place.</exception>
    public static SocketFile Listen(string path)
    {
        File.Delete(path);
        var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        // A mode set after bind would leave a moment in which anyone could connect.
        var before = SetMask(OwnerOnly);
        try
        {
            listener.Bind(new UnixDomainSocketEndPoint(path));
        }
        catch (SocketException failure)
        {
            listener.Dispose();
            throw new IOException(WhyNot(path) ?? failure.Message, failure);
        }
        finally
        {
            _ = SetMask(before);
        }
        listener.Listen(Backlog);
        return new(path, listener);
    }

    public void Dispose()
    {
        // Socket.Dispose deletes the path it bound, which may by then belong to the next bridge.
        if (_identity is { } identity && IdentityOf(_path) == identity)
            Listener.Dispose();
        else
            Listener.SafeHandle.Dispose();
    }

    // .NET has no words for what a file system refuses to a socket (full, read-only), but for what it refuses to a file.
    private static string? WhyNot(string path)
    {
        try
        {
            using (File.Create(path, 1, FileOptions.DeleteOnClose))
                return null;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return refused.Message;
        }
    }

    // The first two members of struct stat on 64-bit Linux: device and inode.
    private static unsafe (ulong, ulong)? IdentityOf(string path)
    {
        var stat = stackalloc ulong[64];
        return Stat(path, stat) == 0 ? (stat[0], stat[1]) : null;
    }

    [LibraryImport("libc", EntryPoint = "umask")]
    private static partial uint SetMask(uint mask);

    [LibraryImport("libc", EntryPoint = "stat", StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int Stat(string path, ulong* stat);
}
