using Daybreak.Cloud.FrontDoor;

namespace Daybreak.Cloud.Forwarding;

/// <summary>
/// The bucket and the key of a request for S3. The bucket may be in the host name (<c>bucket.localhost</c>); what is sent on has it in the
/// path, because it gets another host.
/// </summary>
/// <param name="Bucket">Empty: the request is for the service.</param>
/// <param name="Key">Empty: the request is for the bucket.</param>
/// <param name="Path">The path with the bucket in it, percent-encoded.</param>
internal sealed record S3Place(string Bucket, string Key, string Path)
{
    public string BucketArn => $"arn:aws:s3:::{Bucket}";

    public string Arn => ArnOf(Key);

    public string ArnOf(string key) => $"{BucketArn}/{key}";

    public static S3Place Of(AwsRequest request)
    {
        var path = OfHost(request.Host) is { } bucket ? $"/{bucket}{request.RawPath}" : request.RawPath;
        var parts = path[1..].Split('/', 2);
        return new S3Place(Uri.UnescapeDataString(parts[0]), parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : "", path);
    }

    private static string? OfHost(string host)
    {
        var name = host.Split(':')[0];
        foreach (var end in (string[])[".s3.localhost", ".localhost"])
        {
            if (name.Length > end.Length && name.EndsWith(end, StringComparison.OrdinalIgnoreCase))
                return Service(name[..^end.Length]);
        }
        if (!OwnHost.IsOfAws(host))
            return null;
        // bucket.s3.us-east-1.amazonaws.com; the bucket's name may have dots.
        var labels = name.Split('.');
        var s3 = Array.FindLastIndex(labels, static label => label is "s3" or "s3-accelerate");
        return s3 > 0 ? string.Join('.', labels[..s3]) : null;
    }

    // s3.localhost is the service, not a bucket.
    private static string? Service(string name) => name.Equals("s3", StringComparison.OrdinalIgnoreCase) ? null : name;
}
