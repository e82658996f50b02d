using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Daybreak.Cloud.Processes;

/// <summary>
/// What lies in a namespace of System V's shared memory and messages. Only a thread that is inside learns it, and only root's can go there:
/// one thread does nothing else.
/// </summary>
internal static unsafe partial class IpcNamespace
{
    private const int NewIpc = 0x0800_0000;
    private const int MessageInformation = 12;
    private const int SegmentInformation = 14;
    private const int Removal = 0;
    private const int InformationSize = 128; // more than any of the structures below

    private static readonly BlockingCollection<Action> Work = Start();

    /// <summary>Whether the namespace of another process can be seen.</summary>
    public static bool IsSeen => Environment.IsPrivilegedProcess;

    [LibraryImport("libc", SetLastError = true)]
    private static partial int setns(int descriptor, int kind);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int shmctl(int segment, int command, byte* result);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int msgctl(int queue, int command, byte* result);

    /// <summary>Bytes of all segments and messages in the namespace of <paramref name="process"/>; 0 where that cannot be seen.</summary>
    public static long BytesAround(int process)
    {
        if (!IsSeen)
            return 0;
        var done = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        Work.Add(() => done.SetResult(Look(process)));
        return done.Task.GetAwaiter().GetResult();
    }

    /// <summary>Removes a segment of our own namespace as soon as nobody has it mapped; nothing when it is gone, or not ours to
    /// remove.</summary>
    public static void RemoveSegment(int segment) => _ = shmctl(segment, Removal, null);

    private static long Look(int process)
    {
        using var own = Open("self");
        using var other = Open($"{process}");
        if (own is null || other is null || setns((int)other.DangerousGetHandle(), NewIpc) != 0)
            return 0;
        var bytes = 0L;
        var information = stackalloc byte[InformationSize];
        // struct shm_info: used_ids (with padding), shm_tot, shm_rss, shm_swp; in pages.
        if (shmctl(0, SegmentInformation, information) >= 0)
            bytes += (((long*)information)[2] + ((long*)information)[3]) * Environment.SystemPageSize;
        // struct msginfo: the seventh, msgtql, is bytes.
        if (msgctl(0, MessageInformation, information) >= 0)
            bytes += ((int*)information)[6];
        // Whoever stays keeps all that is there from going.
        _ = setns((int)own.DangerousGetHandle(), NewIpc);
        return bytes;
    }

    private static SafeFileHandle? Open(string process)
    {
        try
        {
            return File.OpenHandle($"/proc/{process}/ns/ipc", FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null; // it has ended
        }
    }

    private static BlockingCollection<Action> Start()
    {
        var work = new BlockingCollection<Action>();
        new Thread(() =>
        {
            foreach (var look in work.GetConsumingEnumerable())
                look();
        })
        {
            IsBackground = true,
            Name = "ipc namespaces",
        }.Start();
        return work;
    }
}
