namespace Daybreak.Cloud.Logs.Storage;

/// <param name="IsKept">Whether the files outlive this process: then an append waits for the disk.</param>
/// <param name="Limit">Most bytes of all log files together.</param>
/// <param name="Failed">Called for internal failures.</param>
public sealed record LogStorageOptions(bool IsKept, long Limit, Action<Exception> Failed);
