namespace Daybreak.Cli.LocalAws;

/// <summary>One line of a log.</summary>
/// <param name="Time">Milliseconds since 1970; null: the line has none.</param>
/// <param name="Origin">The stream of a group, or the file of an instance.</param>
internal sealed record LogEntry(long? Time, string Origin, string Text);

/// <summary>A log that can be read on from where the last read ended.</summary>
internal abstract class LogSource
{
    /// <summary>What the user calls it.</summary>
    public abstract string Name { get; }

    /// <summary>Whether lines begin with their time.</summary>
    public abstract bool ShowsTime { get; }

    /// <summary>Reads what was written since the last read.</summary>
    public abstract IAsyncEnumerable<LogEntry> ReadOnAsync(LocalAwsApi api);
}
