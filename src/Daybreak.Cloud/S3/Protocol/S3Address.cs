using System.Net;
using Daybreak.Cloud.FrontDoor;

namespace Daybreak.Cloud.S3.Protocol;

/// <summary>The bucket and the key that a request names. Keys are taken literally: dots and double slashes mean nothing.</summary>
/// <param name="Bucket">Null: the request is for the service.</param>
/// <param name="Key">Null: the request is for the bucket.</param>
/// <param name="IsByHost">Whether the bucket is in the name of the host.</param>
internal sealed record S3Address(string? Bucket, string? Key, bool IsByHost)
{
    private const string Local = ".localhost";

    /// <exception cref="Aws.AwsException">The key is no text.</exception>
    public static S3Address Of(AwsRequest request)
    {
        var path = request.RawPath.AsSpan(1);
        if (BucketOf(request.Host) is { } bucket)
            return new S3Address(bucket, path.IsEmpty ? null : Decoded(path), true);
        if (path.IsEmpty)
            return new S3Address(null, null, false);
        var slash = path.IndexOf('/');
        var name = Decoded(slash < 0 ? path : path[..slash]);
        var key = slash < 0 ? default : path[(slash + 1)..];
        return new S3Address(name, key.IsEmpty ? null : Decoded(key), false);
    }

    /// <summary>Whether a host's name has S3's label: <c>s3.localhost</c>, <c>BUCKET.s3.us-east-1.amazonaws.com</c>.</summary>
    public static bool NamesS3(string host)
    {
        var name = WithoutPort(host).ToLowerInvariant();
        return (name.EndsWith(Local, StringComparison.Ordinal) || OwnHost.IsOfAws(name)) && name.Split('.').Any(IsServiceLabel);
    }

    /// <summary>Whether a host's name is that of a bucket, with or without S3's label.</summary>
    public static bool NamesBucket(string host) => BucketOf(host) is not null;

    /// <summary>The bucket in the name of a host.</summary>
    private static string? BucketOf(string host)
    {
        var name = WithoutPort(host).ToLowerInvariant();
        if (IPAddress.TryParse(name, out _))
            return null;
        if (name.EndsWith(Local, StringComparison.Ordinal))
            return OfLabels(name[..^Local.Length], isLocal: true);
        return OwnHost.IsOfAws(name) ? OfLabels(name, isLocal: false) : null;
    }

    /// <param name="isLocal">Whether a name without a label of S3's is a bucket: <c>BUCKET.localhost</c>, as SDKs make it.</param>
    private static string? OfLabels(string name, bool isLocal)
    {
        var labels = name.Split('.');
        var service = Array.FindLastIndex(labels, IsServiceLabel);
        if (service >= 0)
            return service == 0 ? null : string.Join('.', labels[..service]);
        return isLocal ? name : null;
    }

    private static bool IsServiceLabel(string label) => label == "s3" || label.StartsWith("s3-", StringComparison.Ordinal);

    private static string WithoutPort(string host)
    {
        var end = host.StartsWith('[') ? host.IndexOf(']', StringComparison.Ordinal) + 1 : host.LastIndexOf(':');
        return (end <= 0 ? host : host[..end]).Trim('[', ']');
    }

    private static string Decoded(ReadOnlySpan<char> text)
    {
        var decoded = Uri.UnescapeDataString(text);
        if (decoded.Contains('\0', StringComparison.Ordinal))
            throw S3Errors.InvalidUri();
        // Bytes that are no UTF-8 stay percent-encoded by that, and two keys must not become one.
        for (var at = text.IndexOf('%'); at >= 0; )
        {
            var end = at;
            while (end + 2 < text.Length && text[end] == '%' && char.IsAsciiHexDigit(text[end + 1]) && char.IsAsciiHexDigit(text[end + 2]))
                end += 3;
            if (end > at && !IsUtf8(text[at..end]))
                throw S3Errors.InvalidUri();
            var next = text[Math.Max(end, at + 1)..].IndexOf('%');
            at = next < 0 ? -1 : Math.Max(end, at + 1) + next;
        }
        return decoded;
    }

    /// <param name="escapes">Percent-encoded bytes, one after the other.</param>
    private static bool IsUtf8(ReadOnlySpan<char> escapes)
    {
        var bytes = new byte[escapes.Length / 3];
        for (var i = 0; i < bytes.Length; i++)
            bytes[i] = byte.Parse(escapes.Slice(3 * i + 1, 2), System.Globalization.NumberStyles.AllowHexSpecifier, null);
        return System.Text.Unicode.Utf8.IsValid(bytes);
    }
}
