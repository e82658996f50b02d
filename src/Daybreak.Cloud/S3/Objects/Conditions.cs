using System.Globalization;
using Daybreak.Cloud.S3.Protocol;
using Daybreak.Cloud.S3.Storage;

namespace Daybreak.Cloud.S3.Objects;

/// <summary>Conditions of requests (RFC 9110, section 13) as S3 takes them.</summary>
internal static class Conditions
{
    /// <summary>Those of a read.</summary>
    public static void CheckRead(S3Call call, StoredObject found, DateTimeOffset now)
    {
        var modified = DateTimeOffset.FromUnixTimeSeconds(found.Modified / 1000);
        if (call.Header("If-Match") is { } match)
        {
            if (!Matches(match, found.ETag))
                throw S3Errors.PreconditionFailed("If-Match");
        }
        else if (TimeOf(call, "If-Unmodified-Since") is { } unmodified && modified > unmodified)
            throw S3Errors.PreconditionFailed("If-Unmodified-Since");
        if (call.Header("If-None-Match") is { } none)
        {
            if (Matches(none, found.ETag))
                throw NotModified(call, found);
        }
        else if (TimeOf(call, "If-Modified-Since") is { } since && since <= now && modified <= since)
            throw NotModified(call, found);
    }

    /// <summary>Those of the source of a copy, all of which end in 412.</summary>
    public static void CheckSource(S3Call call, StoredObject found)
    {
        const string Prefix = "x-amz-copy-source-";
        var modified = DateTimeOffset.FromUnixTimeSeconds(found.Modified / 1000);
        if (call.Header(Prefix + "if-match") is { } match)
        {
            if (!Matches(match, found.ETag))
                throw S3Errors.PreconditionFailed(Prefix + "If-Match");
        }
        else if (TimeOf(call, Prefix + "if-unmodified-since") is { } unmodified && modified > unmodified)
            throw S3Errors.PreconditionFailed(Prefix + "If-Unmodified-Since");
        if (call.Header(Prefix + "if-none-match") is { } none)
        {
            if (Matches(none, found.ETag))
                throw S3Errors.PreconditionFailed(Prefix + "If-None-Match");
        }
        else if (TimeOf(call, Prefix + "if-modified-since") is { } since && modified <= since)
            throw S3Errors.PreconditionFailed(Prefix + "If-Modified-Since");
    }

    /// <summary>Those of a write, which are judged when it is committed.</summary>
    public static Action<ObjectVersion?> OfWrite(S3Call call)
    {
        var (match, none) = (call.Header("If-Match"), call.Header("If-None-Match"));
        if (match is not null && none is not null)
            throw S3Errors.NotImplementedHeader("If-Match,If-None-Match", "Multiple conditional request headers present in the request");
        if (none is not (null or "*"))
            throw NotAccepted("If-None-Match");
        if (match == "*")
            throw NotAccepted("If-Match");
        var key = call.Key;
        return latest =>
        {
            var present = latest is { IsMarker: false } ? latest : null;
            if (none is not null && present is not null)
                throw S3Errors.PreconditionFailed("If-None-Match");
            if (match is null)
                return;
            if (present is null)
                throw S3Errors.NoSuchKey(key);
            if (!Matches(match, present.Object.ETag))
                throw S3Errors.PreconditionFailed("If-Match");
        };
    }

    /// <summary>Those of a deletion.</summary>
    public static Action<ObjectVersion?> OfDelete(S3Call call)
    {
        foreach (var name in (string[])["x-amz-if-match-size", "x-amz-if-match-last-modified-time"])
        {
            if (call.Header(name) is not null)
                throw S3Errors.NotImplementedHeader(name);
        }
        var match = call.Header("If-Match");
        return meant =>
        {
            if (match is not null && !(meant is { IsMarker: false } && (match == "*" || Matches(match, meant.Object.ETag))))
                throw S3Errors.PreconditionFailed("If-Match");
        };
    }

    private static bool Matches(string header, string etag) =>
        header == "*"
        || header
            .Split(',')
            .Any(one => one.Trim() is var text && (text.StartsWith("W/", StringComparison.Ordinal) ? text[2..] : text).Trim('"') == etag);

    private static DateTimeOffset? TimeOf(S3Call call, string name) =>
        call.Header(name) is { } text
        && DateTimeOffset.TryParse(
            text,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var time
        )
            ? time
            : null;

    private static Aws.AwsException NotModified(S3Call call, StoredObject found)
    {
        call.Response.Headers.ETag = $"\"{found.ETag}\"";
        call.Response.Headers.LastModified = found.ModifiedTime.ToString("r", CultureInfo.InvariantCulture);
        return S3Errors.NotModified();
    }

    private static Aws.AwsException NotAccepted(string header) =>
        S3Errors.NotImplementedHeader(header, $"We don't accept the provided value of {header} header for this API");
}
