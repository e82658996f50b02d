using System.Collections.Concurrent;
using System.Collections.Immutable;
using Daybreak.Cloud.Logs.Storage;
using Daybreak.Cloud.Logs.Streams;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Logs.Groups;

/// <summary>A log group as it is stored. Immutable.</summary>
/// <param name="Id">Names its directory. It is never used again, so that events of a deleted group cannot come back.</param>
internal sealed record LogGroupSettings(
    string Id,
    string Name,
    long CreationTime,
    string Class,
    bool DeletionProtection,
    ImmutableSortedDictionary<string, string> Tags,
    string? KmsKeyId = null,
    int? RetentionInDays = null
);

/// <summary>A log group with its streams and events.</summary>
internal sealed class LogGroup(ResourceKey key, LogGroupSettings settings, GroupEvents events)
{
    private const long MillisecondsOfDay = 24 * 60 * 60 * 1000L;

    private LogGroupSettings _settings = settings;

    public ResourceKey Key { get; } = key;

    public string Name => Key.Name;

    public LogGroupSettings Settings
    {
        get => Volatile.Read(ref _settings);
        set => Volatile.Write(ref _settings, value);
    }

    public GroupEvents Events { get; } = events;

    public ConcurrentDictionary<string, LogStream> Streams { get; } = new(StringComparer.Ordinal);

    /// <summary>The ARN as tags and permissions of tags have it.</summary>
    public string Arn => LogsArn.Group(Key);

    /// <summary>The time of the oldest event that is kept.</summary>
    public long OldestKept(DateTimeOffset now) =>
        Settings.RetentionInDays is { } days ? now.ToUnixTimeMilliseconds() - (days * MillisecondsOfDay) : 0;

    public LogStream Stream(string name) => Streams.GetValueOrDefault(name) ?? throw LogsErrors.StreamNotFound();
}
