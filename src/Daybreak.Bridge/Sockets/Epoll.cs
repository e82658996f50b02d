using System.ComponentModel;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Daybreak.Bridge.Sockets;

/// <summary>Events of epoll, reported and requested (epoll_ctl(2)).</summary>
[Flags]
internal enum EpollEvents : uint
{
    None = 0,
    In = 0x1,
    Out = 0x4,
    Error = 0x8,
    HangUp = 0x10,
    ReadHangUp = 0x2000,
    EdgeTriggered = 1u << 31,
}

/// <summary>One epoll instance, for the life of the process (epoll(7)).</summary>
internal sealed unsafe partial class Epoll
{
    private const int CloseOnExec = 0x80000;
    private const int ControlAdd = 1;
    private const int ControlModify = 3;
    private const int EventsAtOnce = 128;
    private const int Interrupted = 4;

    // struct epoll_event is packed on x86-64 only.
    private static readonly int DataOffset = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 4 : 8;
    private static readonly int EventSize = DataOffset + sizeof(long);

    private readonly int _descriptor;
    private readonly byte* _events = (byte*)NativeMemory.Alloc((nuint)(EventsAtOnce * EventSize));
    private int _count;

    public Epoll()
    {
        _descriptor = Create(CloseOnExec);
        if (_descriptor < 0)
            throw new Win32Exception();
    }

    /// <exception cref="Win32Exception">The kernel refuses, for example for lack of memory.</exception>
    public void Add(SafeSocketHandle socket, EpollEvents events, int key) => Change(ControlAdd, socket, events, key);

    /// <inheritdoc cref="Add"/>
    public void Modify(SafeSocketHandle socket, EpollEvents events, int key) => Change(ControlModify, socket, events, key);

    /// <summary>Returns the number of events; zero only when not blocking.</summary>
    public int Wait(bool block)
    {
        do _count = Wait(_descriptor, _events, EventsAtOnce, block ? -1 : 0);
        while (_count < 0 && Marshal.GetLastPInvokeError() == Interrupted);
        if (_count < 0)
            throw new Win32Exception();
        return _count;
    }

    public (int Key, EpollEvents Events) this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)_count);
            var at = _events + index * EventSize;
            return ((int)*(long*)(at + DataOffset), *(EpollEvents*)at);
        }
    }

    private void Change(int operation, SafeSocketHandle socket, EpollEvents events, int key)
    {
        var change = stackalloc byte[EventSize];
        *(EpollEvents*)change = events;
        *(long*)(change + DataOffset) = key;
        if (Control(_descriptor, operation, socket, change) < 0)
            throw new Win32Exception();
    }

    [LibraryImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    private static partial int Create(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    private static partial int Control(int epoll, int operation, SafeSocketHandle socket, byte* change);

    [LibraryImport("libc", EntryPoint = "epoll_wait", SetLastError = true)]
    private static partial int Wait(int epoll, byte* events, int maxEvents, int timeout);
}
