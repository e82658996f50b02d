using System.Globalization;
using Daybreak.Cloud.Processes;

namespace Daybreak.Cloud.Lambda.Runtime;

/// <summary>
/// Memory that processes hold although it is not resident: files of memfd_create(2), and System V's shared memory and messages. The
/// kernel does not report the share of a process; control groups count it.
/// </summary>
internal sealed class HeldMemory
{
    // A count takes half a millisecond per process and blocks the process's own access to its memory meanwhile.
    private const int SkippedChecks = 10;
    private const long NotableChange = 1024 * 1024;

    private readonly HashSet<ulong> _files = [];
    private readonly HashSet<(int Id, int Creator)> _segments = [];
    private bool _hasNamespace;
    private int _skipped;
    private long _sharedOfMachine = long.MinValue / 2; // so that the first comparison finds a change

    /// <summary>The result of the last count in bytes.</summary>
    public long Bytes { get; private set; }

    /// <summary>
    /// Whether the slow <see cref="Look"/> is due: the machine's memory of this kind has changed since the last count, or this is the
    /// tenth check, which finds messages, which the machine's total does not contain, and memory that others have released meanwhile.
    /// </summary>
    public bool MayHaveChanged()
    {
        var shared = LibC.SharedMemory();
        if (++_skipped < SkippedChecks && Math.Abs(shared - _sharedOfMachine) < NotableChange)
            return false;
        (_skipped, _sharedOfMachine) = (0, shared);
        return true;
    }

    /// <summary>Counts it anew.</summary>
    /// <param name="sandbox">A process in the System V namespace that only they use; 0 when they share this process's.</param>
    public void Look(IReadOnlyCollection<int> processes, int sandbox)
    {
        _hasNamespace = sandbox != 0;
        Bytes = Files(processes) + (_hasNamespace ? IpcNamespace.BytesAround(sandbox) : Segments(processes) + Messages(processes));
    }

    /// <summary>Whether the last count includes a mapping.</summary>
    /// <param name="name">Name in /proc/PID/smaps.</param>
    /// <param name="number">Number of the inode, or identifier of a segment.</param>
    public bool Has(ReadOnlySpan<char> name, ulong number)
    {
        if (name.StartsWith("/memfd:", StringComparison.Ordinal))
            return _files.Contains(number);
        return name.StartsWith("/SYSV", StringComparison.Ordinal)
            && (_hasNamespace ? IpcNamespace.IsSeen : _segments.Any(segment => (ulong)segment.Id == number));
    }

    /// <summary>Removes the segments that were counted: without a namespace of their own they outlive their processes.</summary>
    public void Remove()
    {
        if (_segments.Count == 0)
            return;
        foreach (var segment in Rows("shm").Select(Identity).Where(_segments.Contains))
            IpcNamespace.RemoveSegment(segment.Id);
    }

    private long Files(IEnumerable<int> processes)
    {
        _files.Clear();
        var bytes = 0L;
        foreach (var descriptor in processes.SelectMany(Descriptors))
        {
            if (
                IsMemoryFile(descriptor)
                && LibC.IdentityOf(descriptor) is var (inode, _)
                && _files.Add(inode)
                && LibC.AllocatedTo(descriptor) is { } allocated
            )
                bytes += allocated;
        }
        return bytes;
    }

    private long Segments(IReadOnlyCollection<int> processes)
    {
        var bytes = 0L;
        foreach (var row in Rows("shm"))
        {
            var segment = Identity(row);
            if (!_segments.Contains(segment) && !processes.Contains(segment.Creator))
                continue;
            _segments.Add(segment); // its process may end before it is removed
            bytes += row["rss"] + row["swap"];
        }
        return bytes;
    }

    // The kernel does not report which process made a queue.
    private static long Messages(IReadOnlyCollection<int> processes) =>
        Rows("msg").Where(row => processes.Contains((int)row["lspid"])).Sum(row => row["cbytes"]);

    private static (int Id, int Creator) Identity(Dictionary<string, long> segment) => ((int)segment["shmid"], (int)segment["cpid"]);

    /// <summary>The rows of a file in /proc/sysvipc, whose first line has the names of the columns.</summary>
    private static IEnumerable<Dictionary<string, long>> Rows(string table)
    {
        var lines = ProcessTree.Read("/proc/sysvipc/" + table).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (lines.Length < 2)
            return [];
        var names = Words(lines[0]);
        return lines
            .Skip(1)
            .Select(line =>
                names
                    .Zip(Words(line), static (name, word) => (name, word))
                    .ToDictionary(cell => cell.name, cell => long.Parse(cell.word, CultureInfo.InvariantCulture))
            );
    }

    private static string[] Words(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static string[] Descriptors(int process)
    {
        try
        {
            return Directory.GetFileSystemEntries($"/proc/{process}/fd");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return []; // the process has ended, or an ordinary user may not see its descriptors
        }
    }

    private static bool IsMemoryFile(string descriptor)
    {
        try
        {
            return new FileInfo(descriptor).LinkTarget?.StartsWith("/memfd:", StringComparison.Ordinal) ?? false;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false; // the descriptor was closed meanwhile
        }
    }
}
