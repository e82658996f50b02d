using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Daybreak.Cloud.Processes;

/// <summary>
/// Processes whose own parent has ended. Once adopted they are our children, whatever group or session they created. They belong to our
/// main thread, while a child of our own belongs to the thread that started it.
/// </summary>
internal static class Orphans
{
    // Prevents that an id is reused between finding a process and signalling it, and that the kernel omits a child from the list because
    // another is collected at the same time.
    private static readonly Lock Collecting = new();
    private static readonly Lazy<PosixSignalRegistration> Adoption = new(Adopt);

    /// <summary>Makes orphans our children from now on, instead of init's.</summary>
    /// <exception cref="Win32Exception">The kernel refuses.</exception>
    public static void BecomeOurs() => _ = Adoption.Value;

    /// <summary>Returns the orphans that have <paramref name="mark"/> (<c>NAME=value</c>) in their environment.</summary>
    public static IEnumerable<int> With(string mark) =>
        ProcessTree.ChildrenOfMainThread(Environment.ProcessId).Where(orphan => IsMarked(orphan, mark));

    /// <summary>
    /// Kills the orphans with <paramref name="mark"/> and their descendants until none is left, and waits for their ends.
    /// </summary>
    public static void Kill(string mark)
    {
        // Their own orphans become ours afterwards. Two rounds must find nothing, because a process has no environment while it executes
        // another program.
        for (var misses = 0; misses < 2; )
        {
            var killed = KillOnce(mark);
            misses = killed.Length == 0 ? misses + 1 : 0;
            foreach (var process in killed)
                LibC.AwaitEnd(process);
            Collect();
        }
    }

    private static int[] KillOnce(string mark)
    {
        lock (Collecting)
        {
            // Includes descendants of orphans: an ending orphan has already lost its environment, but not yet its children.
            int[] marked =
            [
                .. ProcessTree
                    .ChildrenOfMainThread(Environment.ProcessId)
                    .SelectMany(WithDescendants)
                    .Where(process => IsMarked(process, mark)),
            ];
            foreach (var process in marked.SelectMany(WithDescendants).ToArray())
                _ = LibC.Kill(process, SignalName.Kill);
            return marked;
        }
    }

    private static IEnumerable<int> WithDescendants(int process) => ProcessTree.Descendants(process).Prepend(process);

    private static bool IsMarked(int process, string mark) =>
        ("\0" + ProcessTree.Read($"/proc/{process}/environ")).Contains($"\0{mark}\0", StringComparison.Ordinal);

    private static PosixSignalRegistration Adopt()
    {
        LibC.AdoptOrphans();
        return PosixSignalRegistration.Create(PosixSignal.SIGCHLD, _ => Collect());
    }

    // Otherwise dead orphans would stay zombies. Processes in our own session were started by System.Diagnostics.Process, which waits for
    // them itself.
    private static void Collect()
    {
        lock (Collecting)
        {
            var session = LibC.SessionOf(0);
            foreach (
                var orphan in ProcessTree.ChildrenOfMainThread(Environment.ProcessId).Where(orphan => LibC.SessionOf(orphan) != session)
            )
                LibC.Collect(orphan);
        }
    }
}
