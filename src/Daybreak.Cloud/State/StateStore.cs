using System.Text.Json.Serialization.Metadata;
using System.Threading.Channels;

namespace Daybreak.Cloud.State;

/// <summary>
/// All state of the cloud: tables in memory over one SQLite database. One writer takes what has gathered since its last
/// commit into one transaction (group commit), so that a hundred callers wait for one commit, not for a hundred.
/// </summary>
public sealed class StateStore : IAsyncDisposable
{
    private const int MaxBatch = 1024;

    private readonly Channel<Write> _writes = Channel.CreateUnbounded<Write>(new() { SingleReader = true });
    private readonly List<IResettable> _tables = [];
    private readonly StateDatabase _database;
    private readonly Task _writer;

    private StateStore(string directory, StateDatabase database)
    {
        Directory = directory;
        _database = database;
        _writer = Task.Run(WriteAllAsync);
    }

    /// <summary>Where the database lies, and whatever else services keep as files.</summary>
    public string Directory { get; }

    /// <summary>Opens the state in a directory, which is created when missing.</summary>
    /// <exception cref="StateException">In use by another process, not a state of Daybreak, damaged, or not writable.</exception>
    public static StateStore Open(string directory) => new(directory, StateDatabase.Open(directory));

    /// <summary>The table of one kind of resource, with what was there before. Each kind is opened once, at start.</summary>
    /// <param name="kind">Name of the table: lower-case letters and underscores.</param>
    public ResourceTable<T> Table<T>(string kind, JsonTypeInfo<T> type)
        where T : class
    {
        var table = new ResourceTable<T>(this, kind, type, _database.CreateAndRead(kind));
        _tables.Add(table);
        return table;
    }

    /// <summary>Documents of one kind whose owner keeps them in memory in a form of its own. Each kind is opened once, at start.</summary>
    internal DocumentTable<T> Documents<T>(string kind, JsonTypeInfo<T> type)
        where T : class => new(kind, type, _database.CreateAndRead(kind));

    /// <summary>Empties every table, first on disk: when that fails, everything stays. Nothing else may be written meanwhile.</summary>
    /// <exception cref="StateException">It cannot be written, for example because the disk is full.</exception>
    public async Task ResetAsync()
    {
        await EnqueueAsync(new Write(null));
        foreach (var table in _tables)
            table.Clear();
    }

    /// <summary>Bounds the database, so that a full disk can be tried. Only while nothing is being written.</summary>
    internal void LimitSize(int pages) => _database.LimitSize(pages);

    /// <param name="document">Null deletes.</param>
    internal Task WriteAsync(string kind, ResourceKey key, byte[]? document) => WriteAsync([new Row(kind, key, document)]);

    /// <summary>All of the rows or none.</summary>
    internal Task WriteAsync(IReadOnlyList<Row> rows) => EnqueueAsync(new Write(rows));

    public async ValueTask DisposeAsync()
    {
        _writes.Writer.TryComplete();
        await _writer;
        _database.Dispose();
    }

    private Task EnqueueAsync(Write write) =>
        _writes.Writer.TryWrite(write) ? write.Done.Task : Task.FromException(new StateException("The state is closed"));

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

/// <summary>One change on its way to disk: all of it is written or nothing.</summary>
/// <param name="Rows">Null: everything is deleted.</param>
internal sealed record Write(IReadOnlyList<Row>? Rows)
{
    public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <param name="Document">Null: this row is deleted.</param>
internal readonly record struct Row(string Kind, ResourceKey Key, byte[]? Document);
