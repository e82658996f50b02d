using Microsoft.Data.Sqlite;

namespace Daybreak.Cloud.State;

/// <summary>
/// An SQLite file of rows that wait for their time, each in a lane. Unlike <see cref="StateDatabase"/> it is not kept in memory, as there
/// may be millions, and each commit is on the disk before it returns. Used by one thread at a time.
/// </summary>
internal sealed class WaitingDatabase : IDisposable
{
    private readonly string _path;
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _insert;
    private readonly SqliteCommand _change;
    private readonly SqliteCommand _remove;
    private readonly SqliteCommand _read;
    private readonly SqliteCommand _next;
    private readonly SqliteCommand _oldest;

    private WaitingDatabase(string path, SqliteConnection connection)
    {
        (_path, _connection) = (path, connection);
        _insert = Command("INSERT INTO waiting VALUES ($a, $b, $c, $d, $e)", 5);
        _change = Command("UPDATE waiting SET due = $a, head = $b WHERE id = $c", 3);
        _remove = Command("DELETE FROM waiting WHERE id = $a", 1);
        _read = Command("SELECT id, due, head, body FROM waiting WHERE lane = $a AND due BETWEEN $b AND $c ORDER BY due, id", 3);
        _next = Command("SELECT min(due) FROM waiting WHERE lane = $a AND due > $b", 2);
        _oldest = Command("SELECT head FROM waiting ORDER BY id LIMIT 1", 0);
        LastId = Scalar("SELECT coalesce(max(id), 0) FROM waiting");
    }

    /// <summary>The greatest id when it was opened.</summary>
    public long LastId { get; }

    /// <exception cref="StateException">The file is damaged, foreign or not writable.</exception>
    public static WaitingDatabase Open(string path)
    {
        SqliteConnection? connection = null;
        try
        {
            StateDatabase.CreatePrivate(path);
            connection = new SqliteConnection(
                new SqliteConnectionStringBuilder
                {
                    DataSource = path,
                    Pooling = false,
                    DefaultTimeout = 1,
                }.ToString()
            );
            connection.Open();
            foreach (
                var text in new[]
                {
                    "PRAGMA journal_mode = WAL",
                    "PRAGMA synchronous = FULL",
                    "CREATE TABLE IF NOT EXISTS waiting "
                        + "(id INTEGER PRIMARY KEY, lane TEXT NOT NULL, due INTEGER NOT NULL, head BLOB NOT NULL, body BLOB NOT NULL)",
                    "CREATE INDEX IF NOT EXISTS by_due ON waiting (lane, due, id)",
                }
            )
            {
                using var command = connection.CreateCommand();
                command.CommandText = text;
                command.ExecuteNonQuery();
            }
            return new WaitingDatabase(path, connection);
        }
        catch (Exception error) when (error is SqliteException or IOException or UnauthorizedAccessException)
        {
            connection?.Dispose();
            throw StateDatabase.Explain(error, path);
        }
    }

    /// <summary>Makes all of these changes or none.</summary>
    /// <exception cref="StateException">Nothing was changed.</exception>
    public void Commit(IEnumerable<WaitingChange> changes)
    {
        SqliteTransaction? transaction = null;
        try
        {
            transaction = _connection.BeginTransaction();
            foreach (var change in changes)
            {
                switch (change)
                {
                    case { Row: { Body: { } body } row }:
                        Run(_insert, transaction, row.Id, row.Lane, row.Due, row.Head, body);
                        break;
                    case { Row: { } row }:
                        Run(_change, transaction, row.Due, row.Head, row.Id);
                        break;
                    default:
                        Run(_remove, transaction, change.Id);
                        break;
                }
            }
            transaction.Commit();
        }
        catch (SqliteException error)
        {
            throw StateDatabase.Explain(error, _path);
        }
        finally
        {
            transaction?.Dispose(); // rolls back unless committed
        }
    }

    /// <summary>The first rows of a lane by their time, except those with an id that is already known.</summary>
    public List<WaitingRow> Read(string lane, long from, long to, int most, HashSet<long> known)
    {
        var rows = new List<WaitingRow>();
        if (most <= 0)
            return rows;
        Fill(_read, lane, from, to);
        using var reader = _read.ExecuteReader();
        while (rows.Count < most && reader.Read())
        {
            if (reader.GetInt64(0) is var id && !known.Contains(id))
                rows.Add(new WaitingRow(id, lane, reader.GetInt64(1), (byte[])reader[2], (byte[])reader[3]));
        }
        return rows;
    }

    /// <summary>The first time in a lane after another; null: there is none.</summary>
    public long? NextDue(string lane, long after)
    {
        Fill(_next, lane, after);
        return _next.ExecuteScalar() as long?;
    }

    /// <summary>The head of the row that was added first; null: there is no row.</summary>
    public byte[]? Oldest() => _oldest.ExecuteScalar() as byte[];

    /// <summary>How many rows each lane has.</summary>
    public List<(string Lane, long Count)> Lanes()
    {
        var lanes = new List<(string, long)>();
        using var command = _connection.CreateCommand();
        command.CommandText = "SELECT lane, count(*) FROM waiting GROUP BY lane";
        using var reader = command.ExecuteReader();
        while (reader.Read())
            lanes.Add((reader.GetString(0), reader.GetInt64(1)));
        return lanes;
    }

    /// <summary>The heads of all rows.</summary>
    public List<byte[]> Heads()
    {
        var heads = new List<byte[]>();
        using var command = _connection.CreateCommand();
        command.CommandText = "SELECT head FROM waiting ORDER BY id";
        using var reader = command.ExecuteReader();
        while (reader.Read())
            heads.Add((byte[])reader[0]);
        return heads;
    }

    /// <summary>Removes every row.</summary>
    /// <exception cref="StateException">Nothing was removed.</exception>
    public void Clear()
    {
        try
        {
            using var command = _connection.CreateCommand();
            command.CommandText = "DELETE FROM waiting";
            command.ExecuteNonQuery();
        }
        catch (SqliteException error)
        {
            throw StateDatabase.Explain(error, _path);
        }
    }

    public void Dispose()
    {
        foreach (var command in new[] { _insert, _change, _remove, _read, _next, _oldest })
            command.Dispose();
        _connection.Dispose();
    }

    private static void Run(SqliteCommand command, SqliteTransaction transaction, params ReadOnlySpan<object> values)
    {
        command.Transaction = transaction;
        Fill(command, values);
        command.ExecuteNonQuery();
    }

    private static void Fill(SqliteCommand command, params ReadOnlySpan<object> values)
    {
        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i];
    }

    private SqliteCommand Command(string text, int parameters)
    {
        var command = _connection.CreateCommand();
        command.CommandText = text;
        for (var i = 0; i < parameters; i++)
            command.Parameters.Add(new SqliteParameter { ParameterName = $"${(char)('a' + i)}" });
        return command;
    }

    private long Scalar(string text)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = text;
        return (long)command.ExecuteScalar()!;
    }
}

/// <param name="Due">When it may be taken, in milliseconds since 1970; 0: at once.</param>
/// <param name="Body">Null in a change of a row that has one.</param>
internal sealed record WaitingRow(long Id, string Lane, long Due, byte[] Head, byte[]? Body);

/// <param name="Row">Null: the row of the id is removed.</param>
internal readonly record struct WaitingChange(long Id, WaitingRow? Row);
