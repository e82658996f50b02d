using System.Globalization;
using System.Text;
using Daybreak.Cloud.Logs.Patterns;

namespace Daybreak.Cli.LocalAws;

/// <summary>A log file of a DB instance, read from its start: DescribeDBLogFiles, DownloadDBLogFilePortion.</summary>
internal sealed class DatabaseLog : LogSource
{
    private const string Beginning = "0";

    private const string TimeForm = "yyyy-MM-dd HH:mm:ss 'UTC'";
    private static readonly int TimeLength = "2026-12-02 10:00:00 UTC".Length;

    private readonly string _instance;
    private readonly string _file;
    private readonly long _since;
    private readonly FilterPattern? _pattern;
    private string _marker = Beginning;
    private string _unfinished = "";
    private long? _time;

    private DatabaseLog(string instance, string file, long since, FilterPattern? pattern) =>
        (_instance, _file, _since, _pattern) = (instance, file, since, pattern);

    public override string Name => $"{_instance} {_file}";

    public override bool ShowsTime => true;

    /// <param name="name">The name of an instance or a cluster; null for every instance.</param>
    /// <param name="since">Milliseconds since 1970. A line without a time has that of the line before it.</param>
    /// <returns>Empty: nothing has that name.</returns>
    public static async Task<IReadOnlyList<DatabaseLog>> FindAsync(LocalAwsApi api, string? name, long since, FilterPattern? pattern)
    {
        var all = new List<(string Instance, string? Cluster)>();
        string? next = null;
        do
        {
            var page = await api.RdsAsync("DescribeDBInstances", next is null ? [] : [("Marker", next)]);
            all.AddRange(
                page.Descendants("DBInstance")
                    .Select(static item => (item.Element("DBInstanceIdentifier")!.Value, item.Element("DBClusterIdentifier")?.Value))
            );
            next = page.Descendants("Marker").FirstOrDefault()?.Value;
        } while (!string.IsNullOrEmpty(next));

        var logs = new List<DatabaseLog>();
        foreach (var (instance, _) in all.Where(item => name is null || Is(item.Instance) || Is(item.Cluster)))
        {
            var files = await api.RdsAsync("DescribeDBLogFiles", ("DBInstanceIdentifier", instance));
            logs.AddRange(files.Descendants("LogFileName").Select(file => new DatabaseLog(instance, file.Value, since, pattern)));
        }
        return logs;

        bool Is(string? other) => string.Equals(other, name, StringComparison.OrdinalIgnoreCase);
    }

    public override async IAsyncEnumerable<LogEntry> ReadOnAsync(LocalAwsApi api)
    {
        string pending;
        do
        {
            var portion = await api.RdsAsync(
                "DownloadDBLogFilePortion",
                ("DBInstanceIdentifier", _instance),
                ("LogFileName", _file),
                ("Marker", _marker)
            );
            _marker = portion.Descendants("Marker").Single().Value;
            pending = portion.Descendants("AdditionalDataPending").Single().Value;
            var lines = (_unfinished + portion.Descendants("LogFileData").Single().Value).Split('\n');
            _unfinished = lines[^1];
            foreach (var line in lines[..^1])
            {
                if (EntryOf(line) is { } entry)
                    yield return entry;
            }
        } while (pending == "true");
    }

    /// <returns>Null when the line is not wanted.</returns>
    private LogEntry? EntryOf(string line)
    {
        if (
            line.Length >= TimeLength
            && DateTimeOffset.TryParseExact(
                line.AsSpan(0, TimeLength),
                TimeForm,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal,
                out var time
            )
        )
            _time = time.ToUnixTimeMilliseconds();
        return _time < _since || _pattern?.Matches(Encoding.UTF8.GetBytes(line)) == false ? null : new LogEntry(_time, _file, line);
    }
}
