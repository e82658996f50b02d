using System.Text.Json;
using Daybreak.Cloud.S3.Events;
using Microsoft.Data.Sqlite;

namespace Daybreak.Cloud.S3.Storage;

/// <summary>What can be read by one connection. Used by one thread at a time.</summary>
internal class S3Rows(SqliteConnection connection) : IDisposable
{
    private const string VersionColumns = "key, age, version, latest, marker, small, document";

    private readonly Dictionary<string, Statement> _statements = [];

    public IReadOnlyList<Bucket> Buckets()
    {
        var buckets = new List<Bucket>();
        using var rows = Prepared("SELECT id, document FROM buckets").Rows();
        while (rows.Read())
            buckets.Add(Document(rows, 1, S3Json.Default.Bucket) with { Id = rows.GetInt64(0) });
        return buckets;
    }

    public Bucket? FindBucket(long id) =>
        Prepared("SELECT document FROM buckets WHERE id = $a").Scalar(id) is byte[] document
            ? JsonSerializer.Deserialize(document, S3Json.Default.Bucket)! with
            {
                Id = id,
            }
            : null;

    /// <summary>The latest version of a key, which may be a delete marker.</summary>
    public ObjectVersion? Latest(long bucket, byte[] key) =>
        First(Prepared($"SELECT {VersionColumns} FROM versions WHERE bucket = $a AND key = $b ORDER BY age LIMIT 1").Rows(bucket, key));

    public ObjectVersion? Version(long bucket, byte[] key, string version) =>
        First(
            Prepared($"SELECT {VersionColumns} FROM versions WHERE bucket = $a AND key = $b AND version = $c").Rows(bucket, key, version)
        );

    /// <summary>The same with a body that is kept in the database.</summary>
    /// <param name="version">Null: the latest.</param>
    public (ObjectVersion Version, byte[]? Small)? WithBody(long bucket, byte[] key, string? version)
    {
        const string Columns = $"SELECT {VersionColumns}, (SELECT data FROM small WHERE id = small) FROM versions WHERE ";
        using var rows = version is null
            ? Prepared(Columns + "bucket = $a AND key = $b ORDER BY age LIMIT 1").Rows(bucket, key)
            : Prepared(Columns + "bucket = $a AND key = $b AND version = $c").Rows(bucket, key, version);
        return rows.Read() ? (VersionOf(rows), rows.IsDBNull(7) ? null : (byte[])rows[7]) : null;
    }

    /// <summary>Present objects from a key on, in the order of their keys, as long as the caller takes more.</summary>
    public IEnumerable<ObjectVersion> Present(long bucket, byte[] from, int most)
    {
        using var rows = Prepared(
                $"SELECT {VersionColumns} FROM versions INDEXED BY present WHERE bucket = $a AND latest = 1 AND marker = 0 AND key >= $b "
                    + "ORDER BY key LIMIT $c"
            )
            .Rows(bucket, from, most);
        while (rows.Read())
            yield return VersionOf(rows);
    }

    /// <summary>All versions from one on, by key, and of a key the newest first.</summary>
    /// <param name="age">Of the first key's versions only those that are at least this old.</param>
    public IEnumerable<ObjectVersion> Versions(long bucket, byte[] from, long age, int most)
    {
        using var rows = Prepared(
                $"SELECT {VersionColumns} FROM versions WHERE bucket = $a AND (key, age) >= ($b, $c) ORDER BY key, age LIMIT $d"
            )
            .Rows(bucket, from, age, most);
        while (rows.Read())
            yield return VersionOf(rows);
    }

    public bool HasVersions(long bucket) => Prepared("SELECT 1 FROM versions WHERE bucket = $a LIMIT 1").Scalar(bucket) is not null;

    public long Count() => (long)Prepared("SELECT count(*) FROM versions").Scalar()!;

    public long GreatestAge() => Prepared("SELECT -min(age) FROM versions").Scalar() as long? ?? 0;

    /// <summary>The names of files that are to be deleted.</summary>
    public IReadOnlyList<string> GoneFiles()
    {
        var names = new List<string>();
        using var rows = Prepared("SELECT name FROM files WHERE gone = 1").Rows();
        while (rows.Read())
            names.Add(rows.GetString(0));
        return names;
    }

    public bool HasFile(string name) => Prepared("SELECT 1 FROM files WHERE name = $a AND gone = 0").Scalar(name) is not null;

    /// <summary>Events that are to be handed over, the oldest first.</summary>
    public IReadOnlyList<(long Id, StoredEvent Event)> Events(long after, int most)
    {
        var events = new List<(long, StoredEvent)>();
        using var rows = Prepared("SELECT id, document FROM events WHERE id > $a ORDER BY id LIMIT $b").Rows(after, most);
        while (rows.Read())
            events.Add((rows.GetInt64(0), Document(rows, 1, S3Json.Default.StoredEvent)));
        return events;
    }

    public Upload? FindUpload(long bucket, byte[] key, string id)
    {
        using var rows = Prepared("SELECT key, started, id, document FROM uploads WHERE id = $a AND bucket = $b AND key = $c")
            .Rows(id, bucket, key);
        return rows.Read() ? UploadOf(rows) : null;
    }

    /// <summary>Uploads from a place on, by key and then by their time.</summary>
    public IEnumerable<Upload> Uploads(long bucket, byte[] from, long started, string id, int most)
    {
        using var rows = Prepared(
                "SELECT key, started, id, document FROM uploads WHERE bucket = $a AND (key, started, id) >= ($b, $c, $d) "
                    + "ORDER BY key, started, id LIMIT $e"
            )
            .Rows(bucket, from, started, id, most);
        while (rows.Read())
            yield return UploadOf(rows);
    }

    /// <summary>Parts of an upload in their order.</summary>
    public IReadOnlyList<UploadedPart> Parts(string upload, int after, int most)
    {
        var parts = new List<UploadedPart>();
        using var rows = Prepared("SELECT document FROM parts WHERE upload = $a AND number > $b ORDER BY number LIMIT $c")
            .Rows(upload, after, most);
        while (rows.Read())
            parts.Add(Document(rows, 0, S3Json.Default.UploadedPart));
        return parts;
    }

    public UploadedPart? Part(string upload, int number) =>
        Parts(upload, number - 1, 1) is [var part] && part.Number == number ? part : null;

    private static Upload UploadOf(SqliteDataReader rows) =>
        new((byte[])rows[0], rows.GetInt64(1), rows.GetString(2), Document(rows, 3, S3Json.Default.UploadState));

    public virtual void Dispose()
    {
        foreach (var statement in _statements.Values)
            statement.Dispose();
        connection.Dispose();
    }

    protected Statement Prepared(string text)
    {
        if (!_statements.TryGetValue(text, out var statement))
            _statements.Add(text, statement = new Statement(connection, text));
        return statement;
    }

    private static ObjectVersion? First(SqliteDataReader rows)
    {
        using (rows)
            return rows.Read() ? VersionOf(rows) : null;
    }

    private static ObjectVersion VersionOf(SqliteDataReader rows) =>
        new(
            (byte[])rows[0],
            rows.GetInt64(1),
            rows.GetString(2),
            rows.GetInt64(3) != 0,
            rows.GetInt64(4) != 0,
            rows.IsDBNull(5) ? null : rows.GetInt64(5),
            Document(rows, 6, S3Json.Default.StoredObject)
        );

    private static T Document<T>(SqliteDataReader rows, int column, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) =>
        JsonSerializer.Deserialize((byte[])rows[column], type)!;
}
