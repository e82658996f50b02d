using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.S3.Storage;

/// <summary>Buckets and objects: the database of what is known of them, and the files of their bodies.</summary>
internal sealed class ObjectStore : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Bucket> _buckets = new(StringComparer.Ordinal);
    private readonly Action<Exception> _failed;
    private int _dropping;

    /// <param name="failed">Called when a file that nothing refers to cannot be deleted.</param>
    /// <exception cref="StateException">The state is damaged or not writable.</exception>
    public ObjectStore(string directory, Action<Exception> failed)
    {
        _failed = failed;
        Files = new BodyFiles(Path.Combine(directory, "s3"));
        Database = S3Database.Open(Path.Combine(directory, "s3.db"));
        foreach (var bucket in Database.Read(static rows => rows.Buckets()))
            _buckets[bucket.Name] = bucket;
        // Whatever an earlier process was about to do with its files is done now.
        foreach (var name in Files.Incoming().ToList())
        {
            if (Database.Read(rows => rows.HasFile(name)))
                Files.Settle([new Segment(name, 0)]);
            else
                Files.Delete(name);
        }
        DropGone();
    }

    public S3Database Database { get; }

    public BodyFiles Files { get; }

    public IEnumerable<Bucket> Buckets => _buckets.Values;

    public int BucketCount => _buckets.Count;

    public bool TryFind(string name, [NotNullWhen(true)] out Bucket? bucket) => _buckets.TryGetValue(name, out bucket);

    /// <summary>Adds a bucket, unless there is one of its name.</summary>
    /// <returns>The bucket of that name.</returns>
    public Task<(Bucket Bucket, bool IsNew)> AddBucketAsync(Bucket bucket) =>
        Database.ChangeAsync(change =>
        {
            if (change.Buckets().FirstOrDefault(other => other.Name == bucket.Name) is { } other)
                return (other, false);
            var added = change.AddBucket(bucket);
            change.AfterCommit(() => _buckets[added.Name] = added);
            return (added, true);
        });

    /// <summary>Changes a bucket.</summary>
    public Task<Bucket> ChangeBucketAsync(Bucket bucket, Func<Bucket, Bucket> changed) =>
        Database.ChangeAsync(change =>
        {
            var after = changed(change.Present(bucket));
            change.PutBucket(after);
            change.AfterCommit(() => _buckets[after.Name] = after);
            return after;
        });

    public Task RemoveBucketAsync(Bucket bucket) =>
        Database.ChangeAsync(change =>
        {
            var present = change.Present(bucket);
            if (change.HasVersions(bucket.Id))
                throw S3Errors.BucketNotEmpty(bucket.Name, present.Versioning is not null);
            change.RemoveBucket(bucket.Id);
            change.AfterCommit(() => _buckets.TryRemove(bucket.Name, out _));
            change.AfterCommit(DropGone);
            return true;
        });

    /// <summary>Puts an object, which is a new version where versioning is enabled and else replaces what was put without it.</summary>
    /// <param name="make">Makes the object, in the transaction.</param>
    /// <param name="check">Sees the present version, and throws if it must stay.</param>
    public async Task<Written> PutAsync(
        Bucket bucket,
        byte[] key,
        Func<S3Change, (StoredObject Document, byte[]? Small)> make,
        Action<ObjectVersion?> check,
        Action<S3Change, Written>? also = null
    )
    {
        var written = await Database.ChangeAsync(change =>
        {
            var present = change.Present(bucket);
            check(change.Latest(bucket.Id, key));
            var (document, small) = make(change);
            var version = present.IsVersioned ? VersionId.New() : VersionId.Null;
            if (!present.IsVersioned && change.Version(bucket.Id, key, VersionId.Null) is { } replaced)
                change.Remove(bucket.Id, replaced);
            var sequence = change.Add(bucket.Id, key, version, isMarker: false, document, small);
            var result = new Written(present, present.IsVersioned ? version : null, sequence);
            also?.Invoke(change, result);
            return result;
        });
        DropGone();
        return written;
    }

    /// <summary>Deletes an object or one version of it.</summary>
    /// <param name="version">Null: the object, of which a versioned bucket keeps the versions below a delete marker.</param>
    /// <param name="check">Sees the version that is meant, and throws if it must stay.</param>
    public static Deleted Delete(S3Change change, Bucket bucket, byte[] key, string? version, long now, Action<ObjectVersion?> check)
    {
        var present = change.Present(bucket);
        if (version is not null)
        {
            var meant = change.Version(bucket.Id, key, version);
            check(meant);
            if (meant is null)
                return new Deleted(present, version, false, null, 0, DeletedKind.Nothing);
            change.Remove(bucket.Id, meant);
            return new Deleted(present, version, meant.IsMarker, null, change.NextSequence(), DeletedKind.Version);
        }
        var latest = change.Latest(bucket.Id, key);
        check(latest);
        if (present.Versioning is null)
        {
            if (latest is null)
                return new Deleted(present, null, false, null, 0, DeletedKind.Nothing);
            change.Remove(bucket.Id, latest);
            return new Deleted(present, null, false, null, change.NextSequence(), DeletedKind.Version);
        }
        var marker = present.IsVersioned ? VersionId.New() : VersionId.Null;
        if (!present.IsVersioned && change.Version(bucket.Id, key, VersionId.Null) is { } replaced)
            change.Remove(bucket.Id, replaced);
        var sequence = change.Add(bucket.Id, key, marker, isMarker: true, new StoredObject { Modified = now }, null);
        return new Deleted(present, null, true, marker, sequence, DeletedKind.MarkerCreated);
    }

    /// <summary>Deletes the files that nothing refers to any more, soon.</summary>
    public void DropGone()
    {
        if (Interlocked.Exchange(ref _dropping, 1) == 0)
            _ = Task.Run(DropGoneAsync);
    }

    /// <summary>Empties everything. Uploads that are under way find no bucket.</summary>
    public async Task ResetAsync()
    {
        await Database.ChangeAsync(change =>
        {
            change.Clear();
            change.AfterCommit(_buckets.Clear);
            return true;
        });
        await DropGoneAsync();
    }

    public ValueTask DisposeAsync() => Database.DisposeAsync();

    private async Task DropGoneAsync()
    {
        Volatile.Write(ref _dropping, 0); // whatever is gone from now on is a matter of the next time
        try
        {
            var names = Database.Read(static rows => rows.GoneFiles());
            if (names.Count == 0)
                return;
            foreach (var name in names)
                Files.Delete(name);
            await Database.ChangeAsync(change =>
            {
                foreach (var name in names)
                    change.ForgetFile(name);
                return true;
            });
        }
        catch (Exception error) when (error is StateException or IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            // They stay among those that are gone: the next start tries again.
            if (error is not ObjectDisposedException)
                _failed(error);
        }
    }
}

/// <param name="Bucket">As it was then.</param>
/// <param name="Version">Null unless versioning is enabled.</param>
/// <param name="Sequence">Rises with every change of a key.</param>
internal sealed record Written(Bucket Bucket, string? Version, long Sequence);

/// <param name="Version">The version that was named.</param>
/// <param name="IsMarker">Whether a delete marker was made, or deleted.</param>
/// <param name="Marker">The id of the delete marker that was made.</param>
internal sealed record Deleted(Bucket Bucket, string? Version, bool IsMarker, string? Marker, long Sequence, DeletedKind Kind);

internal enum DeletedKind
{
    Nothing,
    Version,
    MarkerCreated,
}
