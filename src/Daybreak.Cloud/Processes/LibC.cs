using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Daybreak.Cloud.Processes;

/// <summary>Functions of the C library of Linux (glibc 2.34 or newer) that .NET does not offer.</summary>
internal static unsafe partial class LibC
{
    public const int Interrupted = 4;
    public const int TryAgain = 11;
    public const int NonBlocking = 0x800;
    public const int CloseOnExec = 0x80000;
    public const int ReadOnly = 0;
    public const int WriteOnly = 1;
    public const int EpollIn = 1;
    public const int EpollAdd = 1;
    public const int EpollDelete = 2;

    private const int SetChildSubreaper = 36;
    private const int WithoutWaiting = 1;
    private const int ExactProcess = 1;
    private const int HasEnded = 0x4;
    private const int StaysZombie = 0x1000000;
    private const int SignalInfoSize = 128;
    private const int GetFlags = 3;
    private const int SetFlags = 4;
    private const long PidfdOpenCall = 434; // the same number on every architecture of Linux
    private const int CurrentDirectory = -100;
    private const int MayWrite = 2;
    private const int EffectiveAccess = 0x200;
    private const int NoSuchEntry = 2;
    private const int NoFollow = 0x100;
    private const uint OwnerMask = 0x8;
    private const int StatvfsSize = 16; // words, like all members before f_flag on 64-bit machines
    private const int StatvfsFiles = 5; // f_files, then f_ffree
    private const int SysinfoSize = 128;
    private const int SysinfoSharedOffset = 48; // sharedram, after five words and freeram
    private const int SysinfoUnitOffset = 104; // mem_unit
    private const int StatxSize = 256;
    private const int StatxOwnerOffset = 20;
    private const uint InodeMask = 0x100;
    private const int StatxInodeOffset = 32;
    private const int StatxDeviceOffset = 136;
    private const uint BlocksMask = 0x400;
    private const int StatxBlocksOffset = 48;
    private const int BlockSize = 512;
    private const int NetworkOfItsOwn = 0x40000000; // CLONE_NEWNET
    private const nuint SetInterfaceFlags = 0x8914; // SIOCSIFFLAGS
    private const int InterfaceRequestSize = 40; // struct ifreq: a name of 16 bytes, then the flags
    private const int InterfaceFlagsOffset = 16;
    private const short IsUp = 1;
    private const int InternetFamily = 2;
    private const int DatagramSocket = 2;
    private const int GetLock = 5;
    private const short WriteLock = 1;
    private const short Unlocked = 2;

    [LibraryImport("libc", SetLastError = true)]
    private static partial int pipe2(int* descriptors, int flags);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int open(string path, int flags);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int link(string source, string target);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int fcntl(int descriptor, int command, int argument);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int fcntl(int descriptor, int command, FileLock* argument);

    [LibraryImport("libc", SetLastError = true)]
    private static partial long syscall(long number, int first, uint second);

    // statx(2): unlike struct stat, its layout is the same on every architecture.
    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int statx(int directory, string path, int flags, uint mask, byte* result);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int faccessat(int directory, string path, int mode, int flags);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    public static partial uint EffectiveUser();

    [LibraryImport("libc", SetLastError = true, EntryPoint = "close")]
    public static partial int Close(int descriptor);

    [LibraryImport("libc", SetLastError = true, EntryPoint = "read")]
    public static partial nint Read(int descriptor, byte* buffer, nuint count);

    [LibraryImport("libc", SetLastError = true, EntryPoint = "write")]
    public static partial nint Write(int descriptor, byte* buffer, nuint count);

    [LibraryImport("libc", SetLastError = true, EntryPoint = "fchown")]
    public static partial int ChangeOwner(int descriptor, uint user, uint group);

    [LibraryImport("libc", SetLastError = true, EntryPoint = "chown", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int ChangeOwner(string path, uint user, uint group);

    [LibraryImport("libc", SetLastError = true, EntryPoint = "lchown", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int ChangeOwnerOfLink(string path, uint user, uint group);

    [LibraryImport("libc", SetLastError = true, EntryPoint = "kill")]
    public static partial int Kill(int process, int signal);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int waitpid(int process, int* status, int options);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int waitid(int kind, int process, byte* information, int options);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int prctl(int option, nuint second, nuint third, nuint fourth, nuint fifth);

    /// <summary>Returns the session of a process, even of a zombie; ours for 0; negative when there is none.</summary>
    [LibraryImport("libc", SetLastError = true, EntryPoint = "getsid")]
    public static partial int SessionOf(int process);

    [LibraryImport("libc", SetLastError = true, EntryPoint = "epoll_create1")]
    public static partial int EpollCreate(int flags);

    [LibraryImport("libc", SetLastError = true, EntryPoint = "epoll_ctl")]
    public static partial int EpollControl(int epoll, int operation, int descriptor, byte* change);

    [LibraryImport("libc", SetLastError = true, EntryPoint = "epoll_wait")]
    public static partial int EpollWait(int epoll, byte* events, int capacity, int timeout);

    [LibraryImport("libc", EntryPoint = "posix_spawn")]
    public static partial int Spawn(int* process, byte* path, void* actions, void* attributes, byte** arguments, byte** environment);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_init")]
    public static partial int SpawnAttributesInit(void* attributes);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_destroy")]
    public static partial int SpawnAttributesDestroy(void* attributes);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setflags")]
    public static partial int SpawnAttributesSetFlags(void* attributes, short flags);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setsigdefault")]
    public static partial int SpawnAttributesSetDefaultSignals(void* attributes, void* signals);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setsigmask")]
    public static partial int SpawnAttributesSetSignalMask(void* attributes, void* signals);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_init")]
    public static partial int SpawnActionsInit(void* actions);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_destroy")]
    public static partial int SpawnActionsDestroy(void* actions);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_adddup2")]
    public static partial int SpawnActionsDuplicate(void* actions, int from, int to);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_addopen")]
    public static partial int SpawnActionsOpen(void* actions, int descriptor, byte* path, int flags, uint mode);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_addclosefrom_np")]
    public static partial int SpawnActionsCloseFrom(void* actions, int first);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_addchdir_np")]
    public static partial int SpawnActionsChangeDirectory(void* actions, byte* path);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int statvfs(string path, ulong* result);

    /// <summary>Returns the number of files that the file system at <paramref name="path"/> can have; 0 when it is not known.</summary>
    public static long FilesOn(string path)
    {
        var result = stackalloc ulong[StatvfsSize];
        return statvfs(path, result) == 0 ? (long)(result[StatvfsFiles] - result[StatvfsFiles + 1]) : 0;
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int sysinfo(byte* result);

    /// <summary>Returns the bytes of shared memory and memory files of the whole machine, resident ones only (sysinfo(2)).</summary>
    public static long SharedMemory()
    {
        var result = stackalloc byte[SysinfoSize];
        return sysinfo(result) == 0 ? *(long*)(result + SysinfoSharedOffset) * *(uint*)(result + SysinfoUnitOffset) : 0;
    }

    /// <summary>Creates a pipe whose two ends are closed on exec.</summary>
    public static (int Read, int Write) Pipe()
    {
        var ends = stackalloc int[2];
        if (pipe2(ends, CloseOnExec) != 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        return (ends[0], ends[1]);
    }

    public static void MakeNonBlocking(int descriptor)
    {
        var flags = fcntl(descriptor, GetFlags, 0);
        if (flags < 0 || fcntl(descriptor, SetFlags, flags | NonBlocking) < 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError());
    }

    /// <summary>Returns a descriptor that becomes readable when <paramref name="process"/> has ended (pidfd_open(2)).</summary>
    public static int OpenProcess(int process)
    {
        var descriptor = syscall(PidfdOpenCall, process, 0);
        return descriptor >= 0 ? (int)descriptor : throw new Win32Exception(Marshal.GetLastPInvokeError());
    }

    /// <summary>Makes descendants our children when their parent ends (PR_SET_CHILD_SUBREAPER of prctl(2)).</summary>
    public static void AdoptOrphans()
    {
        if (prctl(SetChildSubreaper, 1, 0, 0, 0) != 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError());
    }

    /// <summary>Waits for the end of a child and collects it. Returns its status word.</summary>
    public static int Wait(int process)
    {
        var status = 0;
        while (waitpid(process, &status, 0) < 0 && Marshal.GetLastPInvokeError() == Interrupted) { }

        return status;
    }

    /// <summary>Waits for the end of a child without collecting it; does nothing when it has been collected.</summary>
    public static void AwaitEnd(int process)
    {
        var information = stackalloc byte[SignalInfoSize];
        while (waitid(ExactProcess, process, information, HasEnded | StaysZombie) < 0 && Marshal.GetLastPInvokeError() == Interrupted) { }
    }

    /// <summary>Collects a child that has ended; does nothing while it runs.</summary>
    public static void Collect(int process)
    {
        int status;
        _ = waitpid(process, &status, WithoutWaiting);
    }

    /// <summary>
    /// Returns the reason, in the system's words, why the effective user may not write <paramref name="path"/> (a read-only file system,
    /// permissions); null when it may, or when there is no such entry (faccessat(2)).
    /// </summary>
    public static string? WriteRefusal(string path)
    {
        if (faccessat(CurrentDirectory, path, MayWrite, EffectiveAccess) == 0)
            return null;
        var error = Marshal.GetLastPInvokeError();
        return error == NoSuchEntry ? null : Marshal.GetPInvokeErrorMessage(error);
    }

    /// <summary>Makes another name of the file at <paramref name="source"/>; false where the file systems do not allow it.</summary>
    public static bool TryLink(string source, string target) => link(source, target) == 0;

    /// <summary>
    /// Returns the owner of <paramref name="path"/> itself (of a link, not of its target); null when there is no such entry.
    /// </summary>
    public static uint? OwnerOf(string path)
    {
        var result = stackalloc byte[StatxSize];
        return statx(CurrentDirectory, path, NoFollow, OwnerMask, result) == 0 ? *(uint*)(result + StatxOwnerOffset) : null;
    }

    /// <summary>
    /// Returns inode and device of the target of <paramref name="path"/>; null when it does not exist or is inaccessible.
    /// </summary>
    public static (ulong Inode, ulong Device)? IdentityOf(string path)
    {
        var result = stackalloc byte[StatxSize];
        return statx(CurrentDirectory, path, 0, InodeMask, result) == 0
            ? (*(ulong*)(result + StatxInodeOffset), *(ulong*)(result + StatxDeviceOffset))
            : null;
    }

    /// <summary>Bytes that what <paramref name="path"/> leads to takes on its file system; null when that is nothing, or not ours to
    /// see.</summary>
    public static long? AllocatedTo(string path)
    {
        var result = stackalloc byte[StatxSize];
        return statx(CurrentDirectory, path, 0, BlocksMask, result) == 0 ? *(long*)(result + StatxBlocksOffset) * BlockSize : null;
    }

    /// <summary>
    /// Returns the process with a record lock (fcntl(2)) on the first byte of a file; 0 when there is none, or no such file. Never waits,
    /// even when the path is a pipe that nobody writes to.
    /// </summary>
    public static int HolderOfFirstByte(string file)
    {
        using var handle = new SafeFileHandle(open(file, ReadOnly | NonBlocking | CloseOnExec), ownsHandle: true);
        var asked = new FileLock { Type = WriteLock, Length = 1 };
        return !handle.IsInvalid && fcntl((int)handle.DangerousGetHandle(), GetLock, &asked) == 0 && asked.Type != Unlocked
            ? asked.Process
            : 0;
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int unshare(int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int setns(SafeFileHandle descriptor, int kind);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int socket(int family, int kind, int protocol);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int ioctl(int descriptor, nuint request, byte* argument);

    /// <summary>Puts the calling thread into a new network; false when this process may not (unshare(2)).</summary>
    public static bool TryLeaveNetwork() => unshare(NetworkOfItsOwn) == 0;

    /// <summary>Puts the calling thread into another network (setns(2)).</summary>
    public static void EnterNetwork(SafeFileHandle network)
    {
        if (setns(network, NetworkOfItsOwn) != 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError());
    }

    /// <summary>Gives the loopback interface of the calling thread's network its address, 127.0.0.1/8 (netdevice(7)).</summary>
    public static void RaiseLoopback()
    {
        var request = stackalloc byte[InterfaceRequestSize];
        new Span<byte>(request, InterfaceRequestSize).Clear();
        "lo"u8.CopyTo(new Span<byte>(request, InterfaceFlagsOffset));
        *(short*)(request + InterfaceFlagsOffset) = IsUp;
        var any = socket(InternetFamily, DatagramSocket | CloseOnExec, 0);
        var failed = any < 0 || ioctl(any, SetInterfaceFlags, request) != 0;
        var error = Marshal.GetLastPInvokeError();
        if (any >= 0)
            _ = Close(any);
        if (failed)
            throw new Win32Exception(error);
    }

    // struct flock on 64-bit Linux.
    private struct FileLock
    {
        public short Type;
        public short Whence;
        public long Start;
        public long Length;
        public int Process;
    }
}
