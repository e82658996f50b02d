using Daybreak.Cloud.Processes;
using Microsoft.Data.Sqlite;

namespace Daybreak.Cloud.State;

/// <summary>The SQLite file: one table of JSON documents per kind of resource. Used by one thread at a time.</summary>
internal sealed class StateDatabase : IDisposable
{
    /// <summary>
    /// "DAYB": distinguishes our files from other programs'.
    /// <see href="https://sqlite.org/pragma.html#pragma_application_id"/>
    /// </summary>
    private const int ApplicationId = 0x44415942;

    private const int FormatVersion = 1;

    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, (SqliteCommand Put, SqliteCommand Remove)> _commands = [];

    private StateDatabase(SqliteConnection connection) => _connection = connection;

    /// <exception cref="StateException">The file is in use, foreign, damaged, or not writable.</exception>
    public static StateDatabase Open(string directory)
    {
        var path = Path.Combine(directory, "state.db");
        SqliteConnection? connection = null;
        try
        {
            Directory.CreateDirectory(directory);
            RefuseEmptied(path, directory);
            CreatePrivate(path);
            connection = new SqliteConnection(
                new SqliteConnectionStringBuilder
                {
                    DataSource = path,
                    Pooling = false,
                    DefaultTimeout = 1,
                }.ToString()
            );
            connection.Open();
            Prepare(connection, path);
            return new StateDatabase(connection);
        }
        catch (Exception error) when (error is SqliteException or IOException or UnauthorizedAccessException)
        {
            connection?.Dispose();
            throw Explain(error, path);
        }
        catch (StateException)
        {
            connection?.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Refuses a database file that has been emptied. SQLite would take a file of zero bytes for a new database and delete the log next to
    /// it, and everything that no row names would then be removed. Other files next to the database show that it was not empty. (A start
    /// that was killed leaves only an empty file.)
    /// </summary>
    private static void RefuseEmptied(string path, string directory)
    {
        if (!File.Exists(path) || new FileInfo(path).Length > 0)
            return;
        string[] kept = [path + "-wal", Path.Combine(directory, "code"), Path.Combine(directory, "rds"), Path.Combine(directory, "logs")];
        if (kept.FirstOrDefault(HoldsSomething) is { } found)
            throw new StateException(
                $"{path} has been emptied: it has no bytes, while {found} is still there. Put back a copy of the file, or choose "
                    + "another state directory."
            );
    }

    private static bool HoldsSomething(string path) =>
        Directory.Exists(path) ? Directory.EnumerateFileSystemEntries(path).Any() : File.Exists(path) && new FileInfo(path).Length > 0;

    /// <summary>
    /// The file contains secret access keys, so only its owner may read it. SQLite gives the files next to it the same mode.
    /// </summary>
    internal static void CreatePrivate(string path)
    {
        if (File.Exists(path))
            return;
        using var created = new FileStream(
            path,
            new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.Write,
                Share = FileShare.ReadWrite,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            }
        );
    }

    /// <summary>Creates the table of a kind if it does not exist, and reads all of it.</summary>
    public List<(string Key, byte[] Document)> CreateAndRead(string kind)
    {
        if (!kind.All(letter => letter is (>= 'a' and <= 'z') or '_'))
            throw new ArgumentException($"'{kind}' is no name of a table", nameof(kind));
        try
        {
            Execute(_connection, $"CREATE TABLE IF NOT EXISTS {kind} (key TEXT PRIMARY KEY, document BLOB NOT NULL) WITHOUT ROWID");
            _commands.Add(
                kind,
                (
                    Command(
                        $"INSERT INTO {kind} VALUES ($key, $document) ON CONFLICT (key) DO UPDATE SET document = excluded.document",
                        "$key",
                        "$document"
                    ),
                    Command($"DELETE FROM {kind} WHERE key = $key", "$key")
                )
            );
            var rows = new List<(string, byte[])>();
            using var select = Command($"SELECT key, document FROM {kind}");
            using var reader = select.ExecuteReader();
            while (reader.Read())
                rows.Add((reader.GetString(0), (byte[])reader[1]));
            return rows;
        }
        catch (SqliteException error)
        {
            throw Explain(error, _connection.DataSource);
        }
    }

    /// <summary>Writes all of these changes or none.</summary>
    /// <exception cref="StateException">Nothing was written.</exception>
    public void Commit(List<Write> writes)
    {
        SqliteTransaction? transaction = null;
        try
        {
            transaction = _connection.BeginTransaction();
            foreach (var write in writes)
                Apply(write, transaction);
            transaction.Commit();
        }
        catch (SqliteException error)
        {
            throw Explain(error, _connection.DataSource);
        }
        finally
        {
            transaction?.Dispose(); // rolls back unless committed
        }
    }

    public void LimitSize(int pages) => Scalar(_connection, $"PRAGMA max_page_count = {pages}");

    public void Dispose()
    {
        foreach (var (put, remove) in _commands.Values)
        {
            put.Dispose();
            remove.Dispose();
        }
        _connection.Dispose();
    }

    private void Apply(Write write, SqliteTransaction transaction)
    {
        if (write.Rows is null)
        {
            foreach (var kind in _commands.Keys)
                Execute(_connection, $"DELETE FROM {kind}", transaction);
            return;
        }
        foreach (var row in write.Rows)
            Apply(row, transaction);
    }

    private void Apply(Row row, SqliteTransaction transaction)
    {
        var (put, remove) = _commands[row.Kind];
        var command = row.Document is null ? remove : put;
        command.Transaction = transaction;
        command.Parameters[0].Value = row.Key.ToString();
        if (row.Document is not null)
            command.Parameters[1].Value = row.Document;
        command.ExecuteNonQuery();
    }

    private static void Prepare(SqliteConnection connection, string path)
    {
        // Exclusive: a second process gets a clear error instead of a second copy of the state in its memory.
        Execute(connection, "PRAGMA locking_mode = EXCLUSIVE");
        var application = Scalar(connection, "PRAGMA application_id");
        var tables = Scalar(connection, "SELECT count(*) FROM sqlite_schema");
        if (application != ApplicationId && (application != 0 || tables != 0))
            throw new StateException($"{path} is a database of another program. Choose another state directory.");
        var version = Scalar(connection, "PRAGMA user_version");
        if (version > FormatVersion)
            throw new StateException($"{path} was written by a newer Daybreak (format {version}; this one reads {FormatVersion}).");
        // WAL with synchronous NORMAL: a commit survives the end of the process; only a power failure may lose the last ones.
        Execute(connection, "PRAGMA journal_mode = WAL");
        Execute(connection, "PRAGMA synchronous = NORMAL");
        Execute(connection, $"PRAGMA application_id = {ApplicationId}");
        Execute(connection, $"PRAGMA user_version = {FormatVersion}");
        // Takes the lock now rather than at the first write.
        Execute(connection, "BEGIN IMMEDIATE; COMMIT");
    }

    internal static StateException Explain(Exception error, string path) =>
        new(
            (error as SqliteException)?.SqliteErrorCode switch
            {
                _ when LibC.WriteRefusal(Path.GetDirectoryName(path)!) is { } refusal =>
                    $"The state directory {Path.GetDirectoryName(path)} cannot be written: {refusal}. Choose another state directory.",
                _ when LibC.WriteRefusal(path) is { } refusal => $"{path} cannot be written: {refusal}. Choose another state directory.",
                5 or 6 => $"{path} is in use by another Daybreak. Stop that one, or choose another state directory.",
                8 => $"{path} cannot be written: it is read-only.",
                10 => $"{path} cannot be read or written: input/output error.",
                11 or 26 => $"{path} is damaged or not an SQLite database. Choose another state directory, or remove the file.",
                13 => $"{path} cannot be written: the disk is full.",
                14 => $"{path} cannot be opened. Check that the directory exists and is yours.",
                _ => $"{path}: {error.Message}",
            },
            error
        );

    private SqliteCommand Command(string text, params ReadOnlySpan<string> parameters)
    {
        var command = _connection.CreateCommand();
        command.CommandText = text;
        foreach (var parameter in parameters)
            command.Parameters.Add(new SqliteParameter { ParameterName = parameter });
        return command;
    }

    private static void Execute(SqliteConnection connection, string text, SqliteTransaction? transaction = null)
    {
        using var command = connection.CreateCommand();
        command.CommandText = text;
        command.Transaction = transaction;
        command.ExecuteNonQuery();
    }

    private static long Scalar(SqliteConnection connection, string text)
    {
        using var command = connection.CreateCommand();
        command.CommandText = text;
        return (long)command.ExecuteScalar()!;
    }
}
