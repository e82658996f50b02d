using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Daybreak.Cloud.Processes;

/// <summary>
/// Processes whose own parent has ended. Once adopted they are our children, whatever group or session they made for themselves.
/// The kernel gives them to our main thread, while a child of our own belongs to the thread that started it.
/// </summary>
internal static class Orphans
{
    // An id that is about to be sent a signal stays its process's; and the kernel may leave a child out of the list when another is
    // collected meanwhile.
    private static readonly Lock Collecting = new();
    private static readonly Lazy<PosixSignalRegistration> Adoption = new(Adopt);

    /// <summary>Orphans become our children from now on, instead of init's.</summary>
    /// <exception cref="Win32Exception">The kernel refuses.</exception>
    public static void BecomeOurs() => _ = Adoption.Value;

    /// <summary>Those that have <paramref name="mark"/> (<c>NAME=value</c>) in their environment.</summary>
    public static IEnumerable<int> With(string mark) =>
        ProcessTree.ChildrenOfMainThread(Environment.ProcessId).Where(orphan => IsMarked(orphan, mark));

    /// <summary>Kills those with <paramref name="mark"/> and their descendants until none is left, and waits for their ends.</summary>
    public static void Kill(string mark)
    {
        // Whom one of them leaves behind comes to us in its turn. Two looks, because one that becomes another program just now has no
        // environment.
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
            // Not only the orphans themselves: one that is ending has lost its environment already, but not yet its children.
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

    // The dead would stay zombies. What System.Diagnostics.Process started, and waits for itself, is in our session.
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
