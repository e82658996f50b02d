using System.Text;
using Daybreak.Cloud.S3.Protocol;
using Daybreak.Cloud.S3.Storage;

namespace Daybreak.Cloud.S3.Objects;

/// <summary>Finds and opens what a copy is made of.</summary>
internal sealed class CopySources(ObjectStore store)
{
    /// <param name="range">Value of <c>x-amz-copy-source-range</c>; null: the whole object.</param>
    /// <exception cref="Aws.AwsException">There is no such object, the caller may not read it, or it is not as wanted.</exception>
    public CopySource Open(S3Call call, string? range)
    {
        var (name, key, version) = Parse(call.Header("x-amz-copy-source") ?? "");
        if (!store.TryFind(name, out var bucket))
            throw S3Errors.NoSuchBucket(name);
        if (call.Header("x-amz-source-expected-bucket-owner") is { } owner && owner != bucket.AccountId)
            throw S3Errors.AccessDenied();
        call.Access.Require(call, version is null ? "GetObject" : "GetObjectVersion", bucket, key);
        var bytes = Encoding.UTF8.GetBytes(key);
        for (var tries = 0; tries < 5; tries++)
        {
            var row = store.Database.Read(rows => rows.WithBody(bucket.Id, bytes, version));
            var found = Present(call, bucket, row?.Version, key, version);
            Conditions.CheckSource(call, found.Object);
            if (found.Object.StorageClass is "GLACIER" or "DEEP_ARCHIVE")
                throw S3Errors.Error(
                    403,
                    "InvalidObjectState",
                    "The operation is not valid for the object's storage class",
                    ("StorageClass", found.Object.StorageClass)
                );
            var (first, length) = range is null ? (0, found.Object.Size) : RangeOf(range, found.Object.Size);
            if (BodyPieces.Open(store.Files, found.Object.Files, row?.Small, first, length) is { } pieces)
                return new CopySource(bucket, found, pieces, length);
        }
        throw S3Errors.Error(503, "SlowDown", "Please reduce your request rate.");
    }

    private static ObjectVersion Present(S3Call call, Bucket bucket, ObjectVersion? found, string key, string? version)
    {
        if (found is { IsMarker: false })
            return found;
        if (found is not null && version is not null)
            throw S3Errors.InvalidRequest("The source of a copy request may not specifically refer to a delete marker by version id.");
        call.Access.Require(call, "ListBucket", bucket);
        throw version is null ? S3Errors.NoSuchKey(key) : S3Errors.NoSuchVersion(key, version);
    }

    private static (string Bucket, string Key, string? Version) Parse(string header)
    {
        var question = header.IndexOf("?versionId=", StringComparison.Ordinal);
        var path = Uri.UnescapeDataString(question < 0 ? header : header[..question]).TrimStart('/');
        var slash = path.IndexOf('/', StringComparison.Ordinal);
        if (slash <= 0 || slash == path.Length - 1)
            throw S3Errors.InvalidArgument("Invalid copy source object key", "x-amz-copy-source", header);
        var version = question < 0 ? null : header[(question + "?versionId=".Length)..];
        if (version is not null && !VersionId.IsOne(version))
            throw S3Errors.InvalidArgument("Invalid version id specified", "versionId", version);
        return (path[..slash], path[(slash + 1)..], version);
    }

    private static (long First, long Length) RangeOf(string range, long size)
    {
        if (
            !range.StartsWith("bytes=", StringComparison.Ordinal)
            || range["bytes=".Length..].Split('-') is not [var from, var to]
            || !long.TryParse(from, System.Globalization.NumberStyles.None, null, out var first)
            || !long.TryParse(to, System.Globalization.NumberStyles.None, null, out var last)
            || last < first
        )
            throw S3Errors.InvalidArgument(
                "The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of "
                    + "the first and last bytes to copy",
                "x-amz-copy-source-range",
                range
            );
        if (first >= size)
            throw S3Errors.InvalidRequest("The specified copy range is invalid for the source object size");
        if (last >= size)
            throw S3Errors.InvalidArgument(
                $"Range specified is not valid for source object of size: {size}",
                "x-amz-copy-source-range",
                range
            );
        return (first, last - first + 1);
    }
}

/// <summary>What a copy is made of, open.</summary>
internal sealed record CopySource(Bucket Bucket, ObjectVersion Version, BodyPieces Pieces, long Length) : IDisposable
{
    public void WriteVersion(S3Call call)
    {
        if (Bucket.Versioning is not null)
            call.Response.Headers["x-amz-copy-source-version-id"] = Version.Version;
    }

    public void Dispose() => Pieces.Dispose();
}
