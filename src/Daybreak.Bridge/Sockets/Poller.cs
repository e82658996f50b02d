using System.Diagnostics;
using System.Net.Sockets;

namespace Daybreak.Bridge.Sockets;

/// <summary>
/// A thread that waits for sockets and runs what waits for them. .NET's own also asks when a socket can be written to, which on
/// a Unix socket is one more wake-up whenever the peer has read, and ends every receive with an attempt that finds nothing
/// (docs/decisions/0010).
/// </summary>
internal sealed class Poller
{
    private const int ProcessorsPerThread = 4;
    private const int MaxThreads = 8;
    private const int EventsThatShowOneCaller = 16;
    private const EpollEvents Reading = EpollEvents.In | EpollEvents.ReadHangUp | EpollEvents.EdgeTriggered;

    // One thread carries some 30,000 calls a second; each further one costs a wake-up per message that one busy thread would
    // have found waiting.
    private static readonly Poller[] All =
    [
        .. Enumerable.Range(0, Math.Clamp(Environment.ProcessorCount / ProcessorsPerThread, 1, MaxThreads)).Select(_ => new Poller()),
    ];

    // On one processor, whoever stays awake holds up those who have work.
    private static readonly TimeSpan Awake = TimeSpan.FromMicroseconds(Environment.ProcessorCount > 1 ? 200 : 0);

    private static int Last;

    private readonly Epoll _epoll = new();
    private readonly Lock _lock = new();
    private readonly Stack<int> _free = new();
    private PolledSocket?[] _sockets = new PolledSocket?[64];
    private int _used;

    private Poller() => new Thread(Run) { IsBackground = true, Name = "sockets" }.Start();

    /// <summary>Sockets are spread over the threads in turn.</summary>
    public static Poller Next() => All[(uint)Interlocked.Increment(ref Last) % All.Length];

    /// <summary>From now on the socket is told that something can be read. The key names it until it is removed.</summary>
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

    /// <summary>The kernel forgets a socket when it is closed; an event on its way finds nobody, or the next of that key, which looks in
    /// vain.</summary>
    public void Remove(int key)
    {
        lock (_lock)
        {
            _sockets[key] = null;
            _free.Push(key);
        }
    }

    /// <summary>Begins or ends telling that something can be written.</summary>
    public void WatchWriting(int key, SafeSocketHandle handle, bool watch) =>
        _epoll.Modify(handle, watch ? Reading | EpollEvents.Out : Reading, key);

    private void Run()
    {
        var (wasShort, alone) = (false, 0);
        while (true)
        {
            var since = Stopwatch.GetTimestamp();
            // With many callers, what comes meanwhile is better found together.
            var count = wasShort && alone >= EventsThatShowOneCaller ? WaitAwake(since) : 0;
            if (count == 0)
                count = _epoll.Wait(block: true);
            wasShort = Stopwatch.GetElapsedTime(since) < Awake;
            alone = count == 1 ? alone + 1 : 0;
            for (var i = 0; i < count; i++)
            {
                var (key, events) = _epoll[i];
                Volatile.Read(ref _sockets)[key]?.OnEvent(events);
            }
        }
    }

    /// <summary>
    /// A processor that sleeps is slow to wake: on a virtual machine as slow as all the rest of a call. So a lone caller's next wait begins
    /// awake where the one before was short, giving way to others. An endpoint some milliseconds away never makes it so.
    /// </summary>
    /// <returns>Zero when nothing came.</returns>
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
