using System.Text.Json;
using Daybreak.Aws;
using Daybreak.Cloud.S3.Events;
using Microsoft.Data.Sqlite;

namespace Daybreak.Cloud.S3.Storage;

/// <summary>Changes within the current transaction of the writer, which also sees what it has changed.</summary>
internal sealed class S3Change(SqliteConnection connection) : S3Rows(connection)
{
    private readonly List<Action> _after = [];
    private long _age = -1;

    /// <summary>Has something done once all of this is on the disk, before the caller learns of it.</summary>
    public void AfterCommit(Action action) => _after.Add(action);

    public void Begin() => Prepared("BEGIN IMMEDIATE").Run();

    public void Commit()
    {
        Prepared("COMMIT").Run();
        foreach (var action in _after)
            action();
        _after.Clear();
    }

    public void TakeBack()
    {
        _after.Clear();
        _age = -1;
        try
        {
            Prepared("ROLLBACK").Run();
        }
        catch (SqliteException)
        {
            // The failure has ended the transaction already.
        }
    }

    /// <summary>Begins one change among several.</summary>
    public int Mark()
    {
        Prepared("SAVEPOINT one").Run();
        return _after.Count;
    }

    public void Keep() => Prepared("RELEASE one").Run();

    public void Revert(int mark)
    {
        Prepared("ROLLBACK TO one").Run();
        Keep();
        _after.RemoveRange(mark, _after.Count - mark);
    }

    public Bucket AddBucket(Bucket bucket) =>
        bucket with
        {
            Id = (long)
                Prepared("INSERT INTO buckets (name, document) VALUES ($a, $b) RETURNING id")
                    .Scalar(bucket.Name, JsonSerializer.SerializeToUtf8Bytes(bucket, S3Json.Default.Bucket))!,
        };

    public void PutBucket(Bucket bucket) =>
        Prepared("UPDATE buckets SET document = $b WHERE id = $a")
            .Run(bucket.Id, JsonSerializer.SerializeToUtf8Bytes(bucket, S3Json.Default.Bucket));

    /// <summary>Removes a bucket, and its uploads that were never completed.</summary>
    public void RemoveBucket(long id)
    {
        foreach (var upload in Uploads(id, [], 0, "", int.MaxValue).ToList())
            RemoveUpload(upload.Id, System.Collections.Immutable.ImmutableHashSet<int>.Empty);
        Prepared("DELETE FROM buckets WHERE id = $a").Run(id);
    }

    /// <summary>The bucket as it is now.</summary>
    /// <exception cref="AwsException">It has been deleted meanwhile.</exception>
    public Bucket Present(Bucket bucket) => FindBucket(bucket.Id) ?? throw S3Errors.NoSuchBucket(bucket.Name);

    /// <summary>A number that is greater than all before.</summary>
    public long NextSequence()
    {
        if (_age < 0)
            _age = GreatestAge();
        return ++_age;
    }

    /// <summary>Adds a version, which becomes the latest one of its key.</summary>
    /// <param name="small">A body that is kept in the database.</param>
    /// <returns>The place of the version among all, which rises.</returns>
    public long Add(long bucket, byte[] key, string version, bool isMarker, StoredObject document, byte[]? small)
    {
        var sequence = NextSequence();
        Prepared("UPDATE versions SET latest = 0 WHERE bucket = $a AND key = $b AND latest = 1").Run(bucket, key);
        if (small is not null)
            Prepared("INSERT INTO small VALUES ($a, $b)").Run(sequence, small);
        foreach (var segment in document.Files)
            Prepared("INSERT OR IGNORE INTO files VALUES ($a, 0)").Run(segment.File);
        Prepared("INSERT INTO versions VALUES ($a, $b, $c, $d, 1, $e, $f, $g)")
            .Run(
                bucket,
                key,
                -sequence,
                version,
                isMarker ? 1 : 0,
                small is null ? null : sequence,
                JsonSerializer.SerializeToUtf8Bytes(document, S3Json.Default.StoredObject)
            );
        return sequence;
    }

    /// <summary>Replaces what is known of a version.</summary>
    public void Replace(long bucket, ObjectVersion version, StoredObject document) =>
        Prepared("UPDATE versions SET document = $d WHERE bucket = $a AND key = $b AND age = $c")
            .Run(bucket, version.Key, version.Age, JsonSerializer.SerializeToUtf8Bytes(document, S3Json.Default.StoredObject));

    /// <summary>Removes a version and its body. If it was the latest of its key, the next older one becomes that.</summary>
    public void Remove(long bucket, ObjectVersion version)
    {
        Prepared("DELETE FROM versions WHERE bucket = $a AND key = $b AND age = $c").Run(bucket, version.Key, version.Age);
        if (version.Small is { } small)
            Prepared("DELETE FROM small WHERE id = $a").Run(small);
        Abandon(version.Object.Files);
        if (version.IsLatest)
            Prepared(
                    "UPDATE versions SET latest = 1 WHERE bucket = $a AND key = $b AND age = "
                        + "(SELECT min(age) FROM versions WHERE bucket = $a AND key = $b)"
                )
                .Run(bucket, version.Key);
    }

    public void AddUpload(long bucket, Upload upload) =>
        Prepared("INSERT INTO uploads VALUES ($a, $b, $c, $d, $e)")
            .Run(
                bucket,
                upload.Key,
                upload.Started,
                upload.Id,
                JsonSerializer.SerializeToUtf8Bytes(upload.State, S3Json.Default.UploadState)
            );

    /// <summary>Adds a part, or puts it in place of the one of its number.</summary>
    public void PutPart(string upload, UploadedPart part)
    {
        if (Part(upload, part.Number) is { } replaced)
            Abandon(replaced.Files);
        foreach (var segment in part.Files)
            Prepared("INSERT OR IGNORE INTO files VALUES ($a, 0)").Run(segment.File);
        Prepared("INSERT INTO parts VALUES ($a, $b, $c) ON CONFLICT (upload, number) DO UPDATE SET document = excluded.document")
            .Run(upload, part.Number, JsonSerializer.SerializeToUtf8Bytes(part, S3Json.Default.UploadedPart));
    }

    /// <summary>Removes an upload and its parts.</summary>
    /// <param name="kept">The numbers of parts whose files now belong to an object.</param>
    public void RemoveUpload(string id, IReadOnlySet<int> kept)
    {
        foreach (var part in Parts(id, 0, int.MaxValue))
        {
            if (!kept.Contains(part.Number))
                Abandon(part.Files);
        }
        Prepared("DELETE FROM parts WHERE upload = $a").Run(id);
        Prepared("DELETE FROM uploads WHERE id = $a").Run(id);
    }

    /// <summary>Files that nothing refers to any more. <see cref="BodyFiles"/> deletes them after the commit.</summary>
    public void Abandon(IEnumerable<Segment> files)
    {
        foreach (var segment in files)
            Prepared("INSERT INTO files VALUES ($a, 1) ON CONFLICT (name) DO UPDATE SET gone = 1").Run(segment.File);
    }

    public void ForgetFile(string name) => Prepared("DELETE FROM files WHERE name = $a").Run(name);

    public void AddEvent(StoredEvent one) =>
        Prepared("INSERT INTO events (document) VALUES ($a)").Run(JsonSerializer.SerializeToUtf8Bytes(one, S3Json.Default.StoredEvent));

    public void ForgetEvent(long id) => Prepared("DELETE FROM events WHERE id = $a").Run(id);

    /// <summary>Empties everything. The files are left to be deleted.</summary>
    public void Clear()
    {
        foreach (var table in (string[])["buckets", "versions", "small", "uploads", "parts", "events"])
            Prepared($"DELETE FROM {table}").Run();
        Prepared("UPDATE files SET gone = 1").Run();
    }
}
