using System.Text.Json.Serialization.Metadata;
using System.Threading.Channels;

namespace Daybreak.Cloud.State;

/// <summary>
/// All state of the local AWS: tables in memory over one SQLite database. One writer commits everything that has accumulated since its last
/// commit in one transaction (group commit), so that a hundred callers wait for one commit instead of a hundred.
/// </summary>
public sealed class StateStore : IAsyncDisposable
{
    private const int MaxBatch = 1024;

    private readonly Channel<Write> _writes = Channel.CreateUnbounded<Write>(new() { SingleReader = true });
    private readonly List<IStateTable> _tables = [];
    private readonly StateDatabase _database;
    private readonly Task _writer;

    private StateStore(string directory, StateDatabase database)
    {
        Directory = directory;
        _database = database;
        _writer = Task.Run(WriteAllAsync);
    }

    /// <summary>The directory of the database, and of other files of services.</summary>
    public string Directory { get; }

    /// <summary>Opens the state in a directory, which is created when missing.</summary>
    /// <exception cref="StateException">The state is in use by another process, not Daybreak's, damaged, or not writable.</exception>
    public static StateStore Open(string directory) => new(directory, StateDatabase.Open(directory));

    /// <summary>Opens the table of one kind of resource with its stored content. Each kind is opened once, at start.</summary>
    /// <param name="kind">Name of the table: lower-case letters and underscores.</param>
    public ResourceTable<T> Table<T>(string kind, JsonTypeInfo<T> type)
        where T : class
    {
        var table = new ResourceTable<T>(this, kind, type, _database.CreateAndRead(kind));
        _tables.Add(table);
        return table;
    }

    /// <summary>Opens documents of one kind whose owner keeps them in memory in its own form. Each kind is opened once, at start.</summary>
    internal DocumentTable<T> Documents<T>(string kind, JsonTypeInfo<T> type)
        where T : class => new(kind, type, _database.CreateAndRead(kind));

    /// <summary>The rows that are a <typeparamref name="T"/>, of every table that is open.</summary>
    internal IEnumerable<T> Rows<T>() => _tables.SelectMany(static table => table.Rows).OfType<T>();

    /// <summary>Empties every table, first on disk: when that fails, nothing changes. Nothing else may be written meanwhile.</summary>
    /// <exception cref="StateException">The state cannot be written, for example because the disk is full.</exception>
    public async Task ResetAsync()
    {
        await EnqueueAsync(new Write(null));
        foreach (var table in _tables)
            table.Clear();
    }

    /// <summary>Limits the size of the database, to simulate a full disk. Only permitted while nothing is being written.</summary>
    internal void LimitSize(int pages) => _database.LimitSize(pages);

    /// <param name="document">Null deletes.</param>
    internal Task WriteAsync(string kind, ResourceKey key, byte[]? document) => WriteAsync([new Row(kind, key, document)]);

    /// <summary>Writes all of the rows or none.</summary>
    internal Task WriteAsync(IReadOnlyList<Row> rows) => EnqueueAsync(new Write(rows));

    /// <summary>
    /// Makes changes in one or several tables, all or none: one write. They are visible at once, in their order, and durable when the
    /// task completes; when writing fails, they are reverted.
    /// </summary>
    /// <returns>False when one of them does not apply any more; nothing has changed then.</returns>
    /// <exception cref="StateException">Nothing was written.</exception>
    internal async ValueTask<bool> TryChangeAsync(params IReadOnlyList<RowChange> changes)
    {
        if (Begin(changes) is not { } written)
            return false;
        try
        {
            await written;
            return true;
        }
        catch (StateException)
        {
            foreach (var change in changes.Reverse())
                change.TakeBack();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _writes.Writer.TryComplete();
        await _writer;
        _database.Dispose();
    }

    private Task EnqueueAsync(Write write) =>
        _writes.Writer.TryWrite(write) ? write.Done.Task : Task.FromException(new StateException("The state is closed"));

    /// <returns>Null when one of the changes does not apply.</returns>
    private Task? Begin(IReadOnlyList<RowChange> changes)
    {
        // Everybody locks in the same order, so that nobody waits for ever.
        var orders = changes
            .Select(static change => change.Table)
            .Distinct()
            .OrderBy(static table => table.Kind, StringComparer.Ordinal)
            .Select(static table => table.Order)
            .ToArray();
        foreach (var order in orders)
            order.Enter();
        try
        {
            return changes.All(static change => change.Applies) ? WriteAsync([.. changes.Select(static change => change.Make())]) : null;
        }
        finally
        {
            foreach (var order in orders)
                order.Exit();
        }
    }

    private async Task WriteAllAsync()
    {
        var batch = new List<Write>();
        while (await _writes.Reader.WaitToReadAsync())
        {
            while (batch.Count < MaxBatch && _writes.Reader.TryRead(out var write))
                batch.Add(write);
            try
            {
                _database.Commit(batch);
                foreach (var write in batch)
                    write.Done.SetResult();
            }
            catch (StateException error)
            {
                foreach (var write in batch)
                    write.Done.SetException(error);
            }
            batch.Clear();
        }
    }
}

/// <summary>One pending change: all of it is written or nothing.</summary>
/// <param name="Rows">Null: everything is deleted.</param>
internal sealed record Write(IReadOnlyList<Row>? Rows)
{
    public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <param name="Document">Null: this row is deleted.</param>
internal readonly record struct Row(string Kind, ResourceKey Key, byte[]? Document);
