using System.Collections.Concurrent;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Logs.Storage;
using Daybreak.Cloud.Logs.Streams;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Logs.Groups;

/// <summary>All log groups and their streams: rows of the state, and the files of their events.</summary>
internal sealed class LogGroups
{
    private readonly KeyedLock<ResourceKey> _changes = new();
    private readonly ConcurrentDictionary<ResourceKey, LogGroup> _groups = new();
    private readonly ResourceTable<LogGroupSettings> _groupRows;
    private readonly ResourceTable<LogStreamRow> _streamRows;
    private readonly StateStore _store;
    private readonly EventStore _events;
    private readonly TimeProvider _time;
    private long _lastStreamId;

    public LogGroups(StateStore store, EventStore events, TimeProvider time)
    {
        (_store, _events, _time) = (store, events, time);
        _groupRows = store.Table("logs_groups", LogsJson.Default.LogGroupSettings);
        _streamRows = store.Table("logs_streams", LogsJson.Default.LogStreamRow);
        Load();
    }

    public IEnumerable<LogGroup> All => _groups.Values;

    public int Count => _groups.Count;

    public LogGroup? Find(ResourceKey key) => _groups.GetValueOrDefault(key);

    /// <summary>The group that a request names by its name or by its ARN.</summary>
    /// <exception cref="Aws.AwsException">There is none, or the request names both.</exception>
    public LogGroup Named(string? name, string? identifier, OperationContext context)
    {
        var found = LogsArn.NameOf(name, identifier);
        return (
                identifier is null || !LogsArn.IsElsewhere(identifier, context) ? Find(new(context.AccountId, context.Region, found)) : null
            ) ?? throw LogsErrors.GroupNotFound();
    }

    /// <summary>The groups of an account in a Region, by name.</summary>
    public IEnumerable<LogGroup> Of(string accountId, string region) =>
        _groups
            .Values.Where(group => group.Key.AccountId == accountId && group.Key.Region == region)
            .OrderBy(static group => group.Name, StringComparer.Ordinal);

    /// <returns>False when there is one of that name.</returns>
    public async ValueTask<bool> TryAddAsync(ResourceKey key, LogGroupSettings settings)
    {
        using var change = await _changes.EnterAsync(key);
        if (_groups.ContainsKey(key))
            return false;
        await _groupRows.PutAsync(key, settings);
        _groups[key] = new LogGroup(key, settings, _events.Open(settings.Id));
        return true;
    }

    /// <summary>Replaces the settings of a group.</summary>
    /// <exception cref="Aws.AwsException">There is no such group.</exception>
    public async ValueTask ChangeAsync(ResourceKey key, Func<LogGroupSettings, LogGroupSettings> change)
    {
        using var turn = await _changes.EnterAsync(key);
        var group = Find(key) ?? throw LogsErrors.GroupNotFound();
        var settings = change(group.Settings);
        await _groupRows.PutAsync(key, settings);
        group.Settings = settings;
    }

    /// <summary>Deletes a group with all of its streams and events.</summary>
    /// <exception cref="Aws.AwsException">There is no such group, or it is protected.</exception>
    public async ValueTask RemoveAsync(ResourceKey key)
    {
        using var change = await _changes.EnterAsync(key);
        var group = Find(key) ?? throw LogsErrors.GroupNotFound();
        if (group.Settings.DeletionProtection)
            throw LogsErrors.DeletionProtected();
        await RemoveAsync(group);
    }

    /// <summary>Deletes all groups, protected ones too.</summary>
    public async Task EmptyAsync()
    {
        foreach (var key in _groups.Keys)
        {
            using var change = await _changes.EnterAsync(key);
            if (Find(key) is { } group)
                await RemoveAsync(group);
        }
    }

    /// <returns>False when there is one of that name.</returns>
    public async ValueTask<bool> TryAddStreamAsync(LogGroup group, string name)
    {
        var key = KeyOf(group.Key, name);
        using var change = await _changes.EnterAsync(key);
        if (group.Streams.ContainsKey(name))
            return false;
        var row = new LogStreamRow(Interlocked.Increment(ref _lastStreamId), group.Settings.Id, _time.GetUtcNow().ToUnixTimeMilliseconds());
        await _streamRows.PutAsync(key, row);
        group.Streams[name] = new LogStream(name, row);
        return true;
    }

    /// <exception cref="Aws.AwsException">There is no such stream.</exception>
    public async ValueTask RemoveStreamAsync(LogGroup group, string name)
    {
        var key = KeyOf(group.Key, name);
        using var change = await _changes.EnterAsync(key);
        var stream = group.Stream(name);
        await _streamRows.RemoveAsync(key);
        group.Streams.TryRemove(name, out _);
        group.Events.Remove(stream.Events);
    }

    /// <summary>Removes files that are older than their group keeps events.</summary>
    public async Task ExpireAsync()
    {
        foreach (var group in _groups.Values)
        {
            if (group.OldestKept(_time.GetUtcNow()) is > 0 and var oldest)
                await _events.ExpireAsync(group.Events, oldest);
        }
    }

    /// <summary>Forgets everything, after the tables have been emptied.</summary>
    public async Task ForgetAsync()
    {
        foreach (var group in _groups.Values)
        {
            _groups.TryRemove(group.Key, out _);
            await _events.RemoveAsync(group.Events);
        }
    }

    private async ValueTask RemoveAsync(LogGroup group)
    {
        await _store.TryChangeAsync([
            .. group.Streams.Keys.Select(stream => _streamRows.Remove(KeyOf(group.Key, stream))),
            _groupRows.Remove(group.Key),
        ]);
        _groups.TryRemove(group.Key, out _);
        await _events.RemoveAsync(group.Events);
    }

    private void Load()
    {
        foreach (var (key, settings) in _groupRows.All())
            _groups[key] = new LogGroup(key, settings, _events.Open(settings.Id));
        foreach (var (key, row) in _streamRows.All())
        {
            _lastStreamId = Math.Max(_lastStreamId, row.Id);
            // A stream may have been made while its group was deleted.
            var colon = key.Name.IndexOf(':', StringComparison.Ordinal);
            if (Find(key with { Name = key.Name[..colon] }) is { } group && group.Settings.Id == row.GroupId)
                group.Streams[key.Name[(colon + 1)..]] = new LogStream(key.Name[(colon + 1)..], row);
        }
        foreach (var group in _groups.Values)
            _events.Load(
                group.Events,
                group.Streams.Values.ToDictionary(static stream => stream.Events.Id, static stream => stream.Events)
            );
        _events.RemoveOthers(_groups.Values.Select(static group => group.Settings.Id).ToHashSet(StringComparer.Ordinal));
    }

    // Names of groups have no colon.
    private static ResourceKey KeyOf(ResourceKey group, string stream) => group with { Name = $"{group.Name}:{stream}" };
}
