using System.Collections.Immutable;
using Daybreak.Cloud.S3.Bodies;
using Daybreak.Cloud.S3.Events;
using Daybreak.Cloud.S3.Protocol;
using Daybreak.Cloud.S3.Storage;

namespace Daybreak.Cloud.S3.Objects;

/// <summary>Tags of objects.</summary>
internal sealed class TaggingOperations(ObjectStore store, BucketEvents events)
{
    private const int LargestDocument = 64 * 1024;

    public IEnumerable<S3Operation> Operations() =>
        [
            new("GetObjectTagging", S3Resource.Object, GetAsync, null),
            new("PutObjectTagging", S3Resource.Object, PutAsync, null),
            new("DeleteObjectTagging", S3Resource.Object, DeleteAsync, null),
        ];

    private Task GetAsync(S3Call call)
    {
        var version = Require(call, "Get");
        var found = Found(call, store.Database.Read(rows => Find(rows, call, version)), version);
        WriteVersion(call, found);
        return S3Xml.WriteAsync(
            call.Response,
            "Tagging",
            xml =>
                xml.Element(
                    "TagSet",
                    () =>
                    {
                        foreach (var tag in found.Object.Tags)
                            xml.Element(
                                "Tag",
                                () =>
                                {
                                    xml.Element("Key", tag.Key);
                                    xml.Element("Value", tag.Value);
                                }
                            );
                    }
                )
        );
    }

    private async Task PutAsync(S3Call call)
    {
        var version = Require(call, "Put");
        using var body = await BodyIntake.ReceiveDocumentAsync(call, LargestDocument);
        var tags = ObjectTags.OfDocument(S3Xml.Parse(body.Small!, "Tagging"), isOfBucket: false);
        await ChangeAsync(call, version, tags, "Put");
        call.Empty();
    }

    private async Task DeleteAsync(S3Call call)
    {
        var version = Require(call, "Delete");
        await ChangeAsync(call, version, [], "Delete");
        call.NoContent();
    }

    private async Task ChangeAsync(S3Call call, string? version, ImmutableArray<ObjectTag> tags, string by)
    {
        var changed = await store.Database.ChangeAsync(change =>
        {
            var found = Found(call, Find(change, call, version), version);
            change.Replace(call.Bucket.Id, found, found.Object with { Tags = tags });
            events.Tagged(change, change.Present(call.Bucket), found, by, EventCause.Of(call));
            return found;
        });
        WriteVersion(call, changed);
    }

    private static string? Require(S3Call call, string verb)
    {
        var version = call.VersionId();
        call.Access.Require(call, version is null ? $"{verb}ObjectTagging" : $"{verb}ObjectVersionTagging", call.Bucket, call.Key);
        return version;
    }

    private static ObjectVersion? Find(S3Rows rows, S3Call call, string? version) =>
        version is null ? rows.Latest(call.Bucket.Id, call.KeyBytes) : rows.Version(call.Bucket.Id, call.KeyBytes, version);

    private static ObjectVersion Found(S3Call call, ObjectVersion? found, string? version) =>
        found switch
        {
            null when version is null => throw S3Errors.NoSuchKey(call.Key),
            null => throw S3Errors.NoSuchVersion(call.Key, version),
            { IsMarker: true } => throw S3Errors.MethodNotAllowed(call.Request.Method, "DeleteMarker"),
            _ => found,
        };

    private static void WriteVersion(S3Call call, ObjectVersion found)
    {
        if (call.Bucket.Versioning is not null)
            call.Response.Headers["x-amz-version-id"] = found.Version;
    }
}
