using Daybreak.Cloud.Logs.Storage;

namespace Daybreak.Cloud.Logs.Streams;

/// <summary>A log stream as it is stored.</summary>
/// <param name="GroupId">Of the group that it was made in, which may have been deleted since.</param>
internal sealed record LogStreamRow(long Id, string GroupId, long CreationTime);

/// <summary>A log stream with its events.</summary>
internal sealed class LogStream(string name, LogStreamRow row)
{
    public string Name { get; } = name;

    public long CreationTime { get; } = row.CreationTime;

    public StreamEvents Events { get; } = new(row.Id, name);
}
