using System.Collections.Concurrent;
using System.Threading.Channels;
using Daybreak.Aws;
using Daybreak.Cloud.State;
using Microsoft.Data.Sqlite;

namespace Daybreak.Cloud.S3.Storage;

/// <summary>
/// The SQLite file of buckets and objects. There may be millions of objects, so they are not kept in memory: each reader has a connection
/// of its own, and lists walk along an index. One writer puts everything that has gathered into one transaction, which is on the disk
/// before any of its callers is answered.
/// </summary>
internal sealed class S3Database : IAsyncDisposable
{
    private const int MostInTransaction = 512;

    private static readonly string[] Schema =
    [
        "PRAGMA journal_mode = WAL",
        // A number is never used again: an upload may still be under way to a bucket that is gone.
        "CREATE TABLE IF NOT EXISTS buckets (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE, document BLOB NOT NULL)",
        "CREATE TABLE IF NOT EXISTS versions (bucket INTEGER NOT NULL, key BLOB NOT NULL, age INTEGER NOT NULL, version TEXT NOT NULL, "
            + "latest INTEGER NOT NULL, marker INTEGER NOT NULL, small INTEGER, document BLOB NOT NULL, PRIMARY KEY (bucket, key, age)) "
            + "WITHOUT ROWID",
        // Lists of objects, which show neither older versions nor deleted keys, cost what they show.
        "CREATE INDEX IF NOT EXISTS present ON versions (bucket, key) WHERE latest = 1 AND marker = 0",
        "CREATE TABLE IF NOT EXISTS small (id INTEGER PRIMARY KEY, data BLOB NOT NULL)",
        "CREATE TABLE IF NOT EXISTS files (name TEXT PRIMARY KEY, gone INTEGER NOT NULL) WITHOUT ROWID",
        "CREATE INDEX IF NOT EXISTS gone ON files (name) WHERE gone = 1",
        "CREATE TABLE IF NOT EXISTS uploads (bucket INTEGER NOT NULL, key BLOB NOT NULL, started INTEGER NOT NULL, "
            + "id TEXT NOT NULL UNIQUE, document BLOB NOT NULL, PRIMARY KEY (bucket, key, started, id)) WITHOUT ROWID",
        "CREATE TABLE IF NOT EXISTS parts (upload TEXT NOT NULL, number INTEGER NOT NULL, document BLOB NOT NULL, "
            + "PRIMARY KEY (upload, number)) WITHOUT ROWID",
        "CREATE TABLE IF NOT EXISTS events (id INTEGER PRIMARY KEY, document BLOB NOT NULL)",
    ];

    private readonly Channel<Work> _works = Channel.CreateUnbounded<Work>(new() { SingleReader = true });
    private readonly ConcurrentBag<S3Rows> _readers = [];
    private readonly string _path;
    private readonly S3Change _change;
    private readonly Task _writer;

    private S3Database(string path, SqliteConnection connection)
    {
        _path = path;
        _change = new S3Change(connection);
        _writer = Task.Run(WriteAllAsync);
    }

    /// <exception cref="StateException">The file is damaged, foreign or not writable.</exception>
    public static S3Database Open(string path)
    {
        SqliteConnection? connection = null;
        try
        {
            StateDatabase.CreatePrivate(path);
            connection = Connect(path, SqliteOpenMode.ReadWrite);
            foreach (var text in Schema)
                Execute(connection, text);
            // A commit is on the disk before it returns: it survives a loss of power, as the files of bodies do.
            Execute(connection, "PRAGMA synchronous = FULL");
            return new S3Database(path, connection);
        }
        catch (Exception error) when (error is SqliteException or IOException or UnauthorizedAccessException)
        {
            connection?.Dispose();
            throw StateDatabase.Explain(error, path);
        }
    }

    /// <summary>Reads what is committed.</summary>
    public T Read<T>(Func<S3Rows, T> read)
    {
        try
        {
            if (!_readers.TryTake(out var rows))
                rows = new S3Rows(Connect(_path, SqliteOpenMode.ReadOnly));
            var result = read(rows);
            _readers.Add(rows); // after a failure it is left to the collector
            return result;
        }
        catch (SqliteException error)
        {
            throw StateDatabase.Explain(error, _path);
        }
    }

    /// <summary>Makes changes, all or none. Complete when they are on the disk.</summary>
    /// <param name="change">Runs alone. When it throws an <see cref="AwsException"/>, nothing of it is kept, and the caller gets
    /// that.</param>
    /// <exception cref="StateException">Nothing was written.</exception>
    public Task<T> ChangeAsync<T>(Func<S3Change, T> change)
    {
        var work = new Work<T>(change);
        return _works.Writer.TryWrite(work) ? work.Done : Task.FromException<T>(new StateException("The state is closed"));
    }

    public async ValueTask DisposeAsync()
    {
        _works.Writer.TryComplete();
        await _writer;
        while (_readers.TryTake(out var rows))
            rows.Dispose();
        _change.Dispose();
    }

    private async Task WriteAllAsync()
    {
        var batch = new List<Work>();
        while (await _works.Reader.WaitToReadAsync())
        {
            while (batch.Count < MostInTransaction && _works.Reader.TryRead(out var work))
                batch.Add(work);
            Write(batch);
            batch.Clear();
        }
    }

    private void Write(List<Work> batch)
    {
        try
        {
            _change.Begin();
            foreach (var work in batch)
                work.Run(_change);
            _change.Commit();
            foreach (var work in batch)
                work.Complete();
        }
        catch (Exception error)
        {
            _change.TakeBack();
            var failure = error is SqliteException ? StateDatabase.Explain(error, _path) : error;
            foreach (var work in batch)
                work.Fail(failure);
        }
    }

    private static SqliteConnection Connect(string path, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder
            {
                DataSource = path,
                Mode = mode,
                Pooling = false,
                DefaultTimeout = 5,
            }.ToString()
        );
        connection.Open();
        return connection;
    }

    private static void Execute(SqliteConnection connection, string text)
    {
        using var command = connection.CreateCommand();
        command.CommandText = text;
        command.ExecuteNonQuery();
    }

    private abstract class Work
    {
        public abstract void Run(S3Change change);

        public abstract void Complete();

        public abstract void Fail(Exception failure);
    }

    private sealed class Work<T>(Func<S3Change, T> make) : Work
    {
        private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T? _result;
        private AwsException? _refusal;

        public Task<T> Done => _done.Task;

        public override void Run(S3Change change)
        {
            var mark = change.Mark();
            try
            {
                _result = make(change);
                change.Keep();
            }
            catch (AwsException refusal)
            {
                change.Revert(mark);
                _refusal = refusal;
            }
        }

        public override void Complete()
        {
            if (_refusal is null)
                _done.TrySetResult(_result!);
            else
                _done.TrySetException(_refusal);
        }

        public override void Fail(Exception failure) => _done.TrySetException(failure);
    }
}
