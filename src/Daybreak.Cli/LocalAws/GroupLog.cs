using System.Text.Json.Nodes;

namespace Daybreak.Cli.LocalAws;

/// <summary>A log group, as that of a function, read by FilterLogEvents.</summary>
/// <param name="since">Milliseconds since 1970.</param>
/// <param name="pattern">A filter pattern; null: everything.</param>
internal sealed class GroupLog(string group, long since, string? pattern) : LogSource
{
    // Events of different streams do not arrive in the order of their times.
    private const long LateArrivals = 10_000;

    private readonly Dictionary<string, long> _seen = [];
    private readonly long _since = since;
    private long _from = since;

    public override string Name => group;

    public override bool ShowsTime => false;

    /// <summary>Finds the group of a function, or the group of that name.</summary>
    /// <returns>Null: there is no such function or group.</returns>
    public static async Task<GroupLog?> FindAsync(LocalAwsApi api, string name, long since, string? pattern)
    {
        if (await api.FunctionAsync(name) is { } function)
            return new GroupLog(function["LoggingConfig"]!["LogGroup"]!.GetValue<string>(), since, pattern);
        // The log of a function that was deleted is still there.
        foreach (var candidate in new[] { name, $"/aws/lambda/{name}" })
        {
            if (await ExistsAsync(api, candidate))
                return new GroupLog(candidate, since, pattern);
        }
        return null;
    }

    public override async IAsyncEnumerable<LogEntry> ReadOnAsync(LocalAwsApi api)
    {
        // A function that has not run yet has no group.
        if (!await ExistsAsync(api, group))
            yield break;
        string? next = null;
        var newest = _from;
        do
        {
            var request = new JsonObject { ["logGroupName"] = group, ["startTime"] = Math.Max(_since, _from - LateArrivals) };
            if (pattern is not null)
                request["filterPattern"] = pattern;
            if (next is not null)
                request["nextToken"] = next;
            var page = await api.LogsAsync("FilterLogEvents", request);
            foreach (var found in page["events"]!.AsArray())
            {
                var time = found!["timestamp"]!.GetValue<long>();
                newest = Math.Max(newest, time);
                if (_seen.TryAdd(found["eventId"]!.GetValue<string>(), time))
                    yield return new LogEntry(time, found["logStreamName"]!.GetValue<string>(), found["message"]!.GetValue<string>());
            }
            next = page["nextToken"]?.GetValue<string>();
        } while (next is not null);
        _from = newest;
        foreach (var (id, time) in _seen)
        {
            if (time < _from - LateArrivals)
                _seen.Remove(id);
        }
    }

    private static async Task<bool> ExistsAsync(LocalAwsApi api, string name)
    {
        if (name.Any(static letter => !char.IsAsciiLetterOrDigit(letter) && !"._-/#".Contains(letter, StringComparison.Ordinal)))
            return false;
        var found = await api.LogsAsync("DescribeLogGroups", new JsonObject { ["logGroupNamePrefix"] = name, ["limit"] = 1 });
        return found["logGroups"]!.AsArray().Any(item => item!["logGroupName"]!.GetValue<string>() == name);
    }
}
