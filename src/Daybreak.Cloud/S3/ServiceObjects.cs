using System.Text;
using Daybreak.Aws;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Policy;
using Daybreak.Cloud.S3.Bodies;
using Daybreak.Cloud.S3.Events;
using Daybreak.Cloud.S3.Protocol;
using Daybreak.Cloud.S3.Storage;

namespace Daybreak.Cloud.S3;

/// <summary>Objects for the other services that are here.</summary>
public sealed class ServiceObjects
{
    private const int Tries = 5;

    private readonly ObjectStore _store;
    private readonly S3Access _access;
    private readonly BucketPolicies _policies;
    private readonly BucketEvents _events;
    private readonly TimeProvider _time;

    internal ServiceObjects(ObjectStore store, S3Access access, BucketPolicies policies, BucketEvents events, TimeProvider time) =>
        (_store, _access, _policies, _events, _time) = (store, access, policies, events, time);

    /// <summary>Null: there is no such bucket.</summary>
    public ServiceBucket? Find(string bucket) =>
        _store.TryFind(bucket, out var found) ? new ServiceBucket(found.AccountId, found.Region, _policies.Of(found)) : null;

    /// <summary>Reads an object in the name of the caller of another service.</summary>
    /// <param name="version">Null: the latest.</param>
    /// <param name="most">In bytes.</param>
    /// <returns>Null: it is longer.</returns>
    /// <exception cref="AwsException">S3's error: it is not there, or the caller may not read it.</exception>
    public async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(OperationContext context, string bucket, string key, string? version, long most)
    {
        if (!_store.TryFind(bucket, out var home))
            throw S3Errors.NoSuchBucket(bucket);
        if (home.Region != context.Region)
            throw S3Errors.PermanentRedirect(home.Region);
        // The service reads it from where it is, not by the way of the request.
        context = context with
        {
            Route = null,
        };
        var keys = new ContextKeys { { "s3:ResourceAccount", home.AccountId } };
        if (version is not null)
            keys.Add("s3:VersionId", version);
        _access.Require(context, keys, version is null ? "GetObject" : "GetObjectVersion", home, key);
        var bytes = Encoding.UTF8.GetBytes(key);
        for (var tries = 0; tries < Tries; tries++)
        {
            var row = _store.Database.Read(rows => rows.WithBody(home.Id, bytes, version));
            if (row is not ({ IsMarker: false } found, var small))
            {
                // Whether a key exists learns only who may list them.
                _access.Require(context, ContextKeys.None, "ListBucket", home);
                throw version is null ? S3Errors.NoSuchKey(key) : S3Errors.NoSuchVersion(key, version);
            }
            if (found.Object.Size > most)
                return null;
            using var pieces = BodyPieces.Open(_store.Files, found.Object.Files, small, 0, found.Object.Size);
            if (pieces is not null)
                return await Task.Run(() => Read(pieces, (int)found.Object.Size));
        }
        throw S3Errors.Error(503, "SlowDown", "Please reduce your request rate.");
    }

    /// <summary>Puts an object for another service, which has asked whether it may.</summary>
    /// <param name="service">Its name: <c>lambda.amazonaws.com</c>.</param>
    /// <exception cref="AwsException">The bucket is gone.</exception>
    /// <exception cref="State.StateException">The disk is full, for example.</exception>
    public async Task PutAsync(string service, string bucket, string key, ReadOnlyMemory<byte> bytes)
    {
        if (!_store.TryFind(bucket, out var home))
            throw S3Errors.NoSuchBucket(bucket);
        using var body = await BodyIntake.TakeAsync(bytes, _store.Files);
        var document = new StoredObject
        {
            ETag = body.ETag,
            Size = body.Size,
            Modified = _time.GetUtcNow().ToUnixTimeMilliseconds(),
            Files = body.Segments,
            Checksum = new ObjectChecksum(body.Algorithm.Name, "FULL_OBJECT", body.ChecksumText),
        };
        var (keyBytes, cause) = (Encoding.UTF8.GetBytes(key), EventCause.OfService(service));
        await _store.PutAsync(
            home,
            keyBytes,
            _ => (document, body.Small),
            static _ => { },
            (change, written) => _events.Created(change, keyBytes, written, document, "Put", cause)
        );
        body.Keep();
    }

    private static ReadOnlyMemory<byte> Read(BodyPieces pieces, int size)
    {
        var bytes = new byte[size];
        for (var at = 0; at < size; )
            at += pieces.Read(at, bytes.AsSpan(at));
        return bytes;
    }
}

/// <summary>What other services need to know of a bucket.</summary>
/// <param name="AccountId">Its owner.</param>
/// <param name="Policy">Null: it has none.</param>
public sealed record ServiceBucket(string AccountId, string Region, AttachedPolicy? Policy);
