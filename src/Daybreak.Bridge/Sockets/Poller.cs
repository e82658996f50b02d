using System.Diagnostics;
using System.Net.Sockets;

namespace Daybreak.Bridge.Sockets;

/// <summary>
/// A thread that waits for sockets and runs their continuations. .NET's own poller also asks when a socket is writable, which on a Unix
/// socket is one more wake-up whenever the peer has read, and ends every receive with an attempt that finds nothing (docs/decisions/0010).
/// </summary>
internal sealed class Poller
{
    private const int ProcessorsPerThread = 4;
    private const int MaxThreads = 8;
    private const int EventsThatShowOneCaller = 16;
    private const EpollEvents Reading = EpollEvents.In | EpollEvents.ReadHangUp | EpollEvents.EdgeTriggered;

    // One thread handles some 30,000 calls a second. Each further thread costs a wake-up per message that one busy thread would have found
    // without waiting.
    private static readonly Poller[] All =
    [
        .. Enumerable.Range(0, Math.Clamp(Environment.ProcessorCount / ProcessorsPerThread, 1, MaxThreads)).Select(_ => new Poller()),
    ];

    // On a single processor, a thread that stays awake delays all others.
    private static readonly TimeSpan Awake = TimeSpan.FromMicroseconds(Environment.ProcessorCount > 1 ? 200 : 0);

    private static int Last;

    private readonly Epoll _epoll = new();
    private readonly Lock _lock = new();
    private readonly Stack<int> _free = new();
    private PolledSocket?[] _sockets = new PolledSocket?[64];
    private int _used;

    private Poller() => new Thread(Run) { IsBackground = true, Name = "sockets" }.Start();

    /// <summary>Sockets are distributed over the threads in rotation.</summary>
    public static Poller Next() => All[(uint)Interlocked.Increment(ref Last) % All.Length];

    /// <summary>From now on the socket is notified when it is readable. The key identifies it until it is removed.</summary>
    public int Add(PolledSocket socket, SafeSocketHandle handle)
    {
        int key;
        lock (_lock)
        {
            if (!_free.TryPop(out key))
                key = _used++;
            if (key == _sockets.Length)
                Array.Resize(ref _sockets, key * 2);
            _sockets[key] = socket;
        }
        try
        {
            _epoll.Add(handle, Reading, key);
        }
        catch
        {
            Remove(key);
            throw;
        }
        return key;
    }

    /// <summary>
    /// Removes the socket's key. The kernel forgets a closed socket itself; a late event finds no socket, or a new one with that key, which
    /// then finds nothing to read.
    /// </summary>
    public void Remove(int key)
    {
        lock (_lock)
        {
            _sockets[key] = null;
            _free.Push(key);
        }
    }

    /// <summary>Starts or stops notifications that the socket is writable.</summary>
    public void WatchWriting(int key, SafeSocketHandle handle, bool watch) =>
        _epoll.Modify(handle, watch ? Reading | EpollEvents.Out : Reading, key);

    private void Run()
    {
        var (wasShort, singles) = (false, 0);
        while (true)
        {
            var since = Stopwatch.GetTimestamp();
            // With many callers, it is better to collect events of the meantime together.
            var count = wasShort && singles >= EventsThatShowOneCaller ? WaitAwake(since) : 0;
            if (count == 0)
                count = _epoll.Wait(block: true);
            wasShort = Stopwatch.GetElapsedTime(since) < Awake;
            singles = count == 1 ? singles + 1 : 0;
            for (var i = 0; i < count; i++)
            {
                var (key, events) = _epoll[i];
                Volatile.Read(ref _sockets)[key]?.OnEvent(events);
            }
        }
    }

    /// <summary>
    /// A sleeping processor is slow to wake: on a virtual machine that takes as long as the rest of a call. So after a short wait for a
    /// lone caller, the next wait starts awake, and yields to other threads. With an endpoint some milliseconds away this never happens.
    /// </summary>
    /// <returns>Zero when nothing arrived.</returns>
    private int WaitAwake(long since)
    {
        int count;
        do
        {
            Thread.Yield();
            count = _epoll.Wait(block: false);
        } while (count == 0 && Stopwatch.GetElapsedTime(since) < Awake);
        return count;
    }
}
