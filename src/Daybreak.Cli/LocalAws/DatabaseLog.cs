namespace Daybreak.Cli.LocalAws;

/// <summary>A log file of a DB instance, read from its start: DescribeDBLogFiles, DownloadDBLogFilePortion.</summary>
internal sealed class DatabaseLog
{
    private const string Beginning = "0";

    private string _marker = Beginning;

    private DatabaseLog(string instance, string file) => (Instance, File) = (instance, file);

    /// <summary>The instance's identifier.</summary>
    public string Instance { get; }

    public string File { get; }

    /// <param name="name">The name of an instance or a cluster; null for every instance.</param>
    /// <exception cref="CommandFailedException">Nothing has that name.</exception>
    public static async Task<IReadOnlyList<DatabaseLog>> FindAsync(LocalAwsApi api, string? name)
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

        var chosen = all.Where(item => name is null || Is(item.Instance) || Is(item.Cluster)).ToList();
        if (chosen.Count == 0)
        {
            throw new CommandFailedException(
                ExitCode.Failure,
                name is null ? "There is no DB instance." : $"There is no DB instance or cluster called {name}.",
                all.Count == 0 ? null : $"There is: {string.Join(", ", all.Select(static item => item.Instance))}"
            );
        }

        var logs = new List<DatabaseLog>();
        foreach (var (instance, _) in chosen)
        {
            var files = await api.RdsAsync("DescribeDBLogFiles", ("DBInstanceIdentifier", instance));
            logs.AddRange(files.Descendants("LogFileName").Select(file => new DatabaseLog(instance, file.Value)));
        }
        return logs;

        bool Is(string? other) => string.Equals(other, name, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Reads what was written since the last read.</summary>
    public async IAsyncEnumerable<string> ReadOnAsync(LocalAwsApi api)
    {
        string pending;
        do
        {
            var portion = await api.RdsAsync(
                "DownloadDBLogFilePortion",
                ("DBInstanceIdentifier", Instance),
                ("LogFileName", File),
                ("Marker", _marker)
            );
            _marker = portion.Descendants("Marker").Single().Value;
            pending = portion.Descendants("AdditionalDataPending").Single().Value;
            if (portion.Descendants("LogFileData").Single().Value is { Length: > 0 } text)
                yield return text;
        } while (pending == "true");
    }
}
