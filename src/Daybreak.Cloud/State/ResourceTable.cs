using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Daybreak.Cloud.State;

/// <summary>
/// All resources of one kind: read from memory, written through to disk. A change is visible at once and durable when its task completes;
/// when writing fails, the change is reverted. Values are immutable. The owner of a resource makes its changes one after the other.
/// </summary>
public sealed class ResourceTable<T> : IStateTable
    where T : class
{
    private readonly ConcurrentDictionary<ResourceKey, T> _items = new();
    private readonly Lock _order = new();
    private readonly StateStore _store;
    private readonly string _kind;
    private readonly JsonTypeInfo<T> _type;

    internal ResourceTable(StateStore store, string kind, JsonTypeInfo<T> type, IEnumerable<(string Key, byte[] Document)> rows)
    {
        (_store, _kind, _type) = (store, kind, type);
        foreach (var (key, value) in new DocumentTable<T>(kind, type, rows).AtStart)
            _items[key] = value;
    }

    public int Count => _items.Count;

    public T? Find(ResourceKey key) => _items.GetValueOrDefault(key);

    /// <summary>Returns the resources of one account and Region, ordered by name.</summary>
    public IReadOnlyList<T> List(string accountId, string region) =>
        [
            .. _items
                .Where(item => item.Key.AccountId == accountId && item.Key.Region == region)
                .OrderBy(item => item.Key)
                .Select(item => item.Value),
        ];

    /// <summary>Returns all resources in no particular order.</summary>
    public IEnumerable<KeyValuePair<ResourceKey, T>> All() => _items;

    /// <summary>Adds a resource unless it exists. Completes when durable.</summary>
    public async ValueTask<bool> TryAddAsync(ResourceKey key, T value)
    {
        Task written;
        lock (_order)
        {
            if (!_items.TryAdd(key, value))
                return false;
            written = _store.WriteAsync(_kind, key, JsonSerializer.SerializeToUtf8Bytes(value, _type));
        }
        await OrTakeBackAsync(written, key, value, null);
        return true;
    }

    /// <summary>Adds or replaces. Completes when durable.</summary>
    public Task PutAsync(ResourceKey key, T value)
    {
        Task written;
        T? before;
        lock (_order)
        {
            before = _items.GetValueOrDefault(key);
            _items[key] = value;
            written = _store.WriteAsync(_kind, key, JsonSerializer.SerializeToUtf8Bytes(value, _type));
        }
        return OrTakeBackAsync(written, key, value, before);
    }

    /// <summary>Replaces a value if it is still the current one. Completes when durable.</summary>
    public async ValueTask<bool> TryReplaceAsync(ResourceKey key, T before, T value)
    {
        Task written;
        lock (_order)
        {
            if (!ReferenceEquals(_items.GetValueOrDefault(key), before))
                return false;
            _items[key] = value;
            written = _store.WriteAsync(_kind, key, JsonSerializer.SerializeToUtf8Bytes(value, _type));
        }
        await OrTakeBackAsync(written, key, value, before);
        return true;
    }

    /// <summary>Removes a resource. Completes when durable; false when there was none.</summary>
    public async ValueTask<bool> RemoveAsync(ResourceKey key)
    {
        Task written;
        T? before;
        lock (_order)
        {
            if (!_items.TryRemove(key, out before))
                return false;
            written = _store.WriteAsync(_kind, key, null);
        }
        await OrTakeBackAsync(written, key, null, before);
        return true;
    }

    IEnumerable<object> IStateTable.Rows => _items.Values;

    void IStateTable.Clear()
    {
        lock (_order)
            _items.Clear();
    }

    private async Task OrTakeBackAsync(Task written, ResourceKey key, T? value, T? before)
    {
        try
        {
            await written;
        }
        catch (StateException)
        {
            lock (_order)
            {
                if (ReferenceEquals(_items.GetValueOrDefault(key), value))
                {
                    if (before is null)
                        _items.TryRemove(key, out _);
                    else
                        _items[key] = before;
                }
            }
            throw;
        }
    }
}

internal interface IStateTable
{
    IEnumerable<object> Rows { get; }

    void Clear();
}
