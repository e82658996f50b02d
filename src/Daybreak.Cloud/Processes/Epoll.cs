using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Daybreak.Cloud.Processes;

/// <summary>
/// One thread that waits for the output and the end of every child. A thread per child would mean hundreds of idle threads, and .NET's own
/// streams block a pool thread for each pipe that is read.
/// </summary>
internal sealed unsafe class Epoll
{
    // struct epoll_event is packed on x86-64 only.
    private static readonly int EventSize = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 12 : 16;
    private static readonly int DataOffset = EventSize - 8;

    private readonly ConcurrentDictionary<long, Action> _readable = new();
    private readonly int _descriptor;
    private long _lastKey;

    private Epoll()
    {
        _descriptor = LibC.EpollCreate(LibC.CloseOnExec);
        if (_descriptor < 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        new Thread(Run) { IsBackground = true, Name = "children" }.Start();
    }

    public static Epoll Shared { get; } = new();

    /// <summary>Calls <paramref name="readable"/> whenever <paramref name="descriptor"/> can be read, until it is removed.</summary>
    public long Add(int descriptor, Action readable)
    {
        var key = Interlocked.Increment(ref _lastKey);
        _readable[key] = readable;
        var change = stackalloc byte[EventSize];
        var bytes = new Span<byte>(change, EventSize);
        bytes.Clear();
        BinaryPrimitives.WriteInt32LittleEndian(bytes, LibC.EpollIn);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[DataOffset..], key);
        if (LibC.EpollControl(_descriptor, LibC.EpollAdd, descriptor, change) == 0)
            return key;

        var error = Marshal.GetLastPInvokeError();
        _readable.TryRemove(key, out _);
        throw new Win32Exception(error);
    }

    /// <summary>Stops watching. Must be called before the descriptor is closed.</summary>
    public void Remove(int descriptor, long key)
    {
        _readable.TryRemove(key, out _);
        var unused = stackalloc byte[EventSize];
        _ = LibC.EpollControl(_descriptor, LibC.EpollDelete, descriptor, unused);
    }

    private void Run()
    {
        const int Capacity = 64;
        var events = stackalloc byte[Capacity * EventSize];
        while (true)
        {
            var count = LibC.EpollWait(_descriptor, events, Capacity, timeout: -1);
            for (var index = 0; index < count; index++)
            {
                var key = BinaryPrimitives.ReadInt64LittleEndian(new ReadOnlySpan<byte>(events + (index * EventSize) + DataOffset, 8));
                // INVARIANT: an event of a descriptor that was removed in this same round finds no key.
                if (_readable.TryGetValue(key, out var readable))
                    readable();
            }
        }
    }
}
