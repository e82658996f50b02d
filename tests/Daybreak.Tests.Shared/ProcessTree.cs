using System.Globalization;

namespace Daybreak.Tests.Shared;

/// <summary>Processes as /proc shows them.</summary>
public static class ProcessTree
{
    /// <summary>All live processes below <paramref name="ancestor"/>, by id, with their program's name.</summary>
    public static IReadOnlyDictionary<int, string> Below(int ancestor)
    {
        var all = All();
        var found = new Dictionary<int, string>();
        var parents = new Queue<int>([ancestor]);
        while (parents.TryDequeue(out var parent))
        {
            foreach (var (id, process) in all.Where(entry => entry.Value.Parent == parent && entry.Value.State != 'Z'))
            {
                if (found.TryAdd(id, process.Name))
                    parents.Enqueue(id);
            }
        }

        return found;
    }

    public static bool IsAlive(int id) => Read(id) is { State: not 'Z' };

    /// <summary>Returns when none of these runs any more, however they are related to us.</summary>
    public static async Task WaitForEndAsync(IEnumerable<int> ids, TimeSpan patience)
    {
        using var limit = new CancellationTokenSource(patience);
        foreach (var id in ids)
        {
            // They are not our children, so that only their entry in /proc tells when they end.
            while (IsAlive(id))
            {
                Assert.False(limit.IsCancellationRequested, $"process {id} ({Read(id)?.Name}) is still there");
                await Task.Delay(20, TestContext.Current.CancellationToken);
            }
        }
    }

    private static Dictionary<int, Entry> All()
    {
        var all = new Dictionary<int, Entry>();
        foreach (var directory in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(directory), CultureInfo.InvariantCulture, out var id) && Read(id) is { } process)
                all[id] = process;
        }

        return all;
    }

    /// <summary>proc(5), stat: <c>id (name) state parent …</c>; the name may hold anything, a parenthesis included.</summary>
    private static Entry? Read(int id)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{id}/stat");
            var end = stat.LastIndexOf(')');
            var rest = stat[(end + 2)..].Split(' ');
            return new Entry(
                stat[(stat.IndexOf('(', StringComparison.Ordinal) + 1)..end],
                rest[0][0],
                int.Parse(rest[1], CultureInfo.InvariantCulture)
            );
        }
        catch (IOException)
        {
            return null;
        }
    }

    private sealed record Entry(string Name, char State, int Parent);
}
