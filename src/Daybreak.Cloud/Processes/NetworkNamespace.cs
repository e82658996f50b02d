using System.Net.Sockets;
using Microsoft.Win32.SafeHandles;

namespace Daybreak.Cloud.Processes;

/// <summary>
/// A network of its own for child processes (network_namespaces(7)): it has the loopback interface and nothing else, so that they connect
/// to nobody but to sockets that were made for it. Only root may make one.
/// </summary>
public sealed class NetworkNamespace : IDisposable
{
    private const string OwnPath = "/proc/thread-self/ns/net";
    private const string MachinesPath = "/proc/self/ns/net"; // of the first thread, which never leaves it

    private readonly SafeFileHandle _handle;

    private NetworkNamespace(SafeFileHandle handle) => _handle = handle;

    /// <summary>Makes one; null where this process may not.</summary>
    public static NetworkNamespace? TryCreate() =>
        OnThread(static () =>
        {
            if (!LibC.TryLeaveNetwork())
                return null;
            LibC.RaiseLoopback();
            return new NetworkNamespace(File.OpenHandle(OwnPath));
        });

    /// <summary>Makes a TCP socket in it, which is used as any other.</summary>
    public Socket NewSocket() =>
        OnThread(() =>
        {
            LibC.EnterNetwork(_handle);
            return new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        });

    public void Dispose() => _handle.Dispose();

    /// <summary>Runs an action in it, and returns the calling thread to this machine's network.</summary>
    internal T Run<T>(Func<T> action)
    {
        using var machines = File.OpenHandle(MachinesPath);
        LibC.EnterNetwork(_handle);
        try
        {
            return action();
        }
        finally
        {
            LibC.EnterNetwork(machines);
        }
    }

    // A thread of its own, as no other code may run on a thread that is in another network.
    private static T OnThread<T>(Func<T> action)
    {
        var done = new TaskCompletionSource<T>();
        var thread = new Thread(() =>
        {
            try
            {
                done.SetResult(action());
            }
            catch (Exception error)
            {
                done.SetException(error);
            }
        })
        {
            IsBackground = true,
            Name = "network",
        };
        thread.Start();
        return done.Task.GetAwaiter().GetResult();
    }
}
