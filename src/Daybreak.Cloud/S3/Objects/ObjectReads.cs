using Daybreak.Cloud.S3.Protocol;
using Daybreak.Cloud.S3.Storage;
using Microsoft.AspNetCore.Http;

namespace Daybreak.Cloud.S3.Objects;

/// <summary>Reading objects.</summary>
internal sealed class ObjectReads(ObjectStore store, TimeProvider time)
{
    // Its files may be deleted between the look at its row and the opening of the first of them, when the object is overwritten.
    private const int Tries = 5;

    public IEnumerable<S3Operation> Operations() =>
        [new("GetObject", S3Resource.Object, GetAsync, null), new("HeadObject", S3Resource.Object, GetAsync, null)];

    private async Task GetAsync(S3Call call)
    {
        var version = call.VersionId();
        call.Access.Require(call, version is null ? "GetObject" : "GetObjectVersion", call.Bucket, call.Key);
        for (var tries = 1; ; tries++)
        {
            var (found, small) = Find(call, version);
            if (await TryAnswerAsync(call, found, small))
                return;
            if (tries == Tries)
                throw S3Errors.Error(503, "SlowDown", "Please reduce your request rate.");
        }
    }

    /// <summary>The object that a request names.</summary>
    /// <exception cref="Aws.AwsException">It does not exist, or is deleted.</exception>
    private (ObjectVersion Found, byte[]? Small) Find(S3Call call, string? version)
    {
        var row = store.Database.Read(rows =>
            call.IsHead
                ? (version is null ? rows.Latest(call.Bucket.Id, call.KeyBytes) : rows.Version(call.Bucket.Id, call.KeyBytes, version))
                    is { } found
                    ? (found, null)
                    : ((ObjectVersion, byte[]?)?)null
                : rows.WithBody(call.Bucket.Id, call.KeyBytes, version)
        );
        return (Present(call, row?.Item1, version), row?.Item2);
    }

    /// <summary>The version itself, unless there is none or it is a delete marker.</summary>
    public static ObjectVersion Present(S3Call call, ObjectVersion? found, string? version)
    {
        if (found is null)
        {
            // Whether a key exists learns only who may list them.
            call.Access.Require(call, "ListBucket", call.Bucket);
            throw version is null ? S3Errors.NoSuchKey(call.Key) : S3Errors.NoSuchVersion(call.Key, version);
        }
        if (!found.IsMarker)
            return found;
        call.Response.Headers["x-amz-delete-marker"] = "true";
        call.Response.Headers["x-amz-version-id"] = found.Version;
        if (version is null)
        {
            call.Access.Require(call, "ListBucket", call.Bucket);
            throw S3Errors.NoSuchKey(call.Key);
        }
        call.Response.Headers.Allow = "DELETE";
        throw S3Errors.MethodNotAllowed(call.Request.Method, "DeleteMarker");
    }

    private async ValueTask<bool> TryAnswerAsync(S3Call call, ObjectVersion found, byte[]? small)
    {
        var shown = found.Object;
        Conditions.CheckRead(call, shown, time.GetUtcNow());
        if (shown.StorageClass is "GLACIER" or "DEEP_ARCHIVE" && !call.IsHead)
            throw S3Errors.Error(
                403,
                "InvalidObjectState",
                "The operation is not valid for the object's storage class",
                ("StorageClass", shown.StorageClass)
            );
        var part = PartOf(call, shown);
        var range = part ?? ByteRange.Of(call.Header("Range"), shown.Size);
        var (first, length) = range is { } some ? (some.First, some.Length) : (0, shown.Size);
        using var body = call.IsHead ? BodyPieces.None : BodyPieces.Open(store.Files, shown.Files, small, first, length);
        if (body is null)
            return false;
        ObjectHeaders.Write(call, found, isWhole: length == shown.Size);
        if (range is not null)
        {
            call.Response.StatusCode = StatusCodes.Status206PartialContent;
            if (length > 0)
                call.Response.Headers.ContentRange = $"bytes {first}-{first + length - 1}/{shown.Size}";
        }
        call.Response.ContentLength = length;
        if (!call.IsHead)
            await body.WriteAsync(call.Response.BodyWriter, call.Aborted);
        return true;
    }

    /// <summary>The bytes of the part that a request names; null: it names none.</summary>
    private static ByteRange? PartOf(S3Call call, StoredObject shown)
    {
        if (call.Query("partNumber") is not { } text)
            return null;
        if (!int.TryParse(text, out var number) || number is < 1 or > 10_000)
            throw S3Errors.InvalidArgument("Part number must be an integer between 1 and 10000, inclusive", "partNumber", text);
        if (call.Header("Range") is not null)
            throw S3Errors.InvalidRequest("Cannot specify both Range header and partNumber query parameter");
        if (shown.Parts.IsEmpty && number == 1)
            return new ByteRange(0, shown.Size);
        if (!shown.Parts.IsEmpty)
            call.Response.Headers["x-amz-mp-parts-count"] = S3Errors.Number(shown.Parts.Length);
        if (number > shown.Parts.Length)
            throw S3Errors.Error(
                416,
                "InvalidPartNumber",
                "The requested partnumber is not satisfiable",
                ("PartNumberRequested", text),
                ("ActualPartCount", S3Errors.Number(Math.Max(1, shown.Parts.Length)))
            );
        return new ByteRange(shown.Parts.Take(number - 1).Sum(static part => part.Size), shown.Parts[number - 1].Size);
    }
}
