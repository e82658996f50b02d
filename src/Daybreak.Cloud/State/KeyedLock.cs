namespace Daybreak.Cloud.State;

/// <summary>A lock per key. A key that nobody holds or waits for takes no memory.</summary>
internal sealed class KeyedLock<TKey>
    where TKey : notnull
{
    private readonly Dictionary<TKey, Entry> _entries = [];

    /// <summary>Waits for the lock; disposing the result releases it.</summary>
    public async ValueTask<IDisposable> EnterAsync(TKey key)
    {
        Entry entry;
        lock (_entries)
        {
            if (!_entries.TryGetValue(key, out entry!))
                _entries[key] = entry = new Entry(this, key);
            entry.Users++;
        }
        await entry.Semaphore.WaitAsync();
        return entry;
    }

    private sealed class Entry(KeyedLock<TKey> owner, TKey key) : IDisposable
    {
        public SemaphoreSlim Semaphore { get; } = new(1);

        public int Users { get; set; }

        public void Dispose()
        {
            Semaphore.Release();
            lock (owner._entries)
            {
                if (--Users == 0)
                    owner._entries.Remove(key);
            }
        }
    }
}
