using System.Text;
using Daybreak.Aws;
using Daybreak.Cloud.S3.Bodies;
using Daybreak.Cloud.S3.Events;
using Daybreak.Cloud.S3.Protocol;
using Daybreak.Cloud.S3.Storage;

namespace Daybreak.Cloud.S3.Objects;

/// <summary>Deleting objects and versions.</summary>
internal sealed class ObjectDeletes(ObjectStore store, BucketEvents events, TimeProvider time)
{
    private const int MostKeys = 1000;
    private const int LargestDocument = 8 * 1024 * 1024;

    public IEnumerable<S3Operation> Operations() =>
        [new("DeleteObject", S3Resource.Object, DeleteAsync, null), new("DeleteObjects", S3Resource.Bucket, DeleteSeveralAsync, null)];

    private async Task DeleteAsync(S3Call call)
    {
        var version = call.VersionId();
        call.Access.Require(call, version is null ? "DeleteObject" : "DeleteObjectVersion", call.Bucket, call.Key);
        var check = Conditions.OfDelete(call);
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var deleted = await store.Database.ChangeAsync(change =>
        {
            var result = ObjectStore.Delete(change, call.Bucket, call.KeyBytes, version, now, check);
            events.Removed(change, call.KeyBytes, result, EventCause.Of(call));
            return result;
        });
        store.DropGone();
        if ((deleted.Marker ?? deleted.Version) is { } shown)
            call.Response.Headers["x-amz-version-id"] = shown;
        if (deleted.IsMarker)
            call.Response.Headers["x-amz-delete-marker"] = "true";
        call.NoContent();
    }

    private async Task DeleteSeveralAsync(S3Call call)
    {
        if (
            call.Header("Content-MD5") is null
            && !call.Request.Headers.Keys.Any(static name => name.StartsWith("x-amz-checksum-", StringComparison.OrdinalIgnoreCase))
            && call.Header("x-amz-trailer") is null
        )
            throw S3Errors.InvalidRequest("Missing required header for this request: Content-MD5 OR x-amz-checksum-*");
        using var body = await BodyIntake.ReceiveDocumentAsync(call, LargestDocument);
        var root = S3Xml.Parse(body.Small!, "Delete");
        var isQuiet = root.Text("Quiet") == "true";
        var entries = root.Children("Object")
            .Select(static entry =>
                (Key: entry.Text("Key") ?? throw S3Errors.MalformedXml(), Version: entry.Text("VersionId"), ETag: entry.Text("ETag"))
            )
            .ToList();
        if (entries.Count is 0 or > MostKeys)
            throw S3Errors.MalformedXml();
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var outcomes = new List<(string Key, string? Version, Deleted? Deleted, AwsException? Error)>();
        // Permissions are asked for before anything is deleted.
        var refusals = entries
            .Select(entry =>
                Attempt(() =>
                    call.Access.Require(call, entry.Version is null ? "DeleteObject" : "DeleteObjectVersion", call.Bucket, entry.Key)
                )
            )
            .ToList();
        await store.Database.ChangeAsync(change =>
        {
            outcomes.Clear();
            foreach (var ((key, version, etag), refusal) in entries.Zip(refusals))
            {
                Deleted? deleted = null;
                var error =
                    refusal
                    ?? Attempt(() =>
                    {
                        if (key.Length == 0)
                            throw S3Errors.Bad("UserKeyMustBeSpecified", "You must specify a key");
                        if (version is not null && !IsKnownForm(version))
                            throw S3Errors.NoSuchVersion(key, version);
                        var bytes = Encoding.UTF8.GetBytes(key);
                        deleted = ObjectStore.Delete(
                            change,
                            call.Bucket,
                            bytes,
                            version,
                            now,
                            meant =>
                            {
                                if (etag is not null && meant?.Object.ETag != etag.Trim('"'))
                                    throw S3Errors.PreconditionFailed("If-Match");
                            }
                        );
                        events.Removed(change, bytes, deleted, EventCause.Of(call));
                    });
                outcomes.Add((key, version, deleted, error));
            }
            return true;
        });
        store.DropGone();
        await S3Xml.WriteAsync(
            call.Response,
            "DeleteResult",
            xml =>
            {
                foreach (var (key, version, deleted, error) in outcomes)
                {
                    if (error is not null)
                        xml.Element(
                            "Error",
                            () =>
                            {
                                xml.Element("Key", key);
                                if (version is not null)
                                    xml.Element("VersionId", version);
                                xml.Element("Code", error.Code);
                                xml.Element("Message", error.Message);
                            }
                        );
                    else if (!isQuiet)
                        xml.Element(
                            "Deleted",
                            () =>
                            {
                                xml.Element("Key", key);
                                if (version is not null)
                                    xml.Element("VersionId", version);
                                if (deleted!.IsMarker)
                                {
                                    xml.Element("DeleteMarker", true);
                                    xml.Element("DeleteMarkerVersionId", deleted.Marker ?? version);
                                }
                            }
                        );
                }
            }
        );
    }

    private static bool IsKnownForm(string version) => VersionId.IsOne(version);

    private static AwsException? Attempt(Action action)
    {
        try
        {
            action();
            return null;
        }
        catch (AwsException error)
        {
            return error;
        }
    }
}
