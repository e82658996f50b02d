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

    /// <summary>A change that is made together with others: adds or replaces.</summary>
    internal RowChange Put(ResourceKey key, T value) => new Change(this, key, value, null);

    /// <summary>A change that is made together with others: replaces a value if it is still the current one.</summary>
    internal RowChange Replace(ResourceKey key, T before, T value) => new Change(this, key, value, before);

    /// <summary>A change that is made together with others: adds a resource unless it exists.</summary>
    internal RowChange Add(ResourceKey key, T value) => new Change(this, key, value, null) { AddsOnly = true };

    /// <summary>A change that is made together with others: removes.</summary>
    internal RowChange Remove(ResourceKey key) => new Change(this, key, null, null);

    string IStateTable.Kind => _kind;

    Lock IStateTable.Order => _order;

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
            TakeBack(key, value, before);
            throw;
        }
    }

    private void TakeBack(ResourceKey key, T? value, T? before)
    {
        lock (_order)
        {
            if (ReferenceEquals(_items.GetValueOrDefault(key), value))
                Set(key, before);
        }
    }

    private void Set(ResourceKey key, T? value)
    {
        if (value is null)
            _items.TryRemove(key, out _);
        else
            _items[key] = value;
    }

    /// <param name="expected">What the row has to be; null: anything.</param>
    private sealed class Change(ResourceTable<T> table, ResourceKey key, T? value, T? expected) : RowChange
    {
        private T? _before;

        public bool AddsOnly { get; init; }

        public override IStateTable Table => table;

        public override bool Applies
        {
            get
            {
                var current = table.Find(key);
                return (expected is null || ReferenceEquals(current, expected)) && !(AddsOnly && current is not null);
            }
        }

        public override Row Make()
        {
            _before = table.Find(key);
            table.Set(key, value);
            return new Row(table._kind, key, value is null ? null : JsonSerializer.SerializeToUtf8Bytes(value, table._type));
        }

        public override void TakeBack() => table.TakeBack(key, value, _before);
    }
}

internal interface IStateTable
{
    string Kind { get; }

    /// <summary>Held while a change is made in memory and queued for writing, so that both are in the same order.</summary>
    Lock Order { get; }

    IEnumerable<object> Rows { get; }

    void Clear();
}
