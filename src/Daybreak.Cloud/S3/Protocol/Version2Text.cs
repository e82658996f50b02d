using System.Text;
using Daybreak.Cloud.FrontDoor;

namespace Daybreak.Cloud.S3.Protocol;

/// <summary>The text that signature version 2 signs.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/RESTAuthentication.html</remarks>
internal static class Version2Text
{
    private static readonly string[] Subresources =
    [
        "accelerate",
        "acl",
        "analytics",
        "cors",
        "delete",
        "encryption",
        "inventory",
        "lifecycle",
        "location",
        "logging",
        "metrics",
        "notification",
        "object-lock",
        "partNumber",
        "policy",
        "replication",
        "requestPayment",
        "response-cache-control",
        "response-content-disposition",
        "response-content-encoding",
        "response-content-language",
        "response-content-type",
        "response-expires",
        "restore",
        "select",
        "select-type",
        "tagging",
        "torrent",
        "uploadId",
        "uploads",
        "versionId",
        "versioning",
        "versions",
        "website",
    ];

    /// <param name="headers">Header fields that the request has, and those that are in its query.</param>
    public static string Of(AwsRequest request, S3Address address, string expires, IReadOnlyDictionary<string, string> headers)
    {
        var text = new StringBuilder(request.Method).Append('\n');
        text.Append(headers.GetValueOrDefault("content-md5")).Append('\n');
        text.Append(headers.GetValueOrDefault("content-type")).Append('\n');
        text.Append(expires).Append('\n');
        foreach (
            var (name, value) in headers
                .Where(static header => header.Key.StartsWith("x-amz-", StringComparison.Ordinal))
                .OrderBy(static header => header.Key, StringComparer.Ordinal)
        )
            text.Append(name).Append(':').Append(value.Trim()).Append('\n');
        if (address.IsByHost)
            text.Append('/').Append(address.Bucket);
        text.Append(request.RawPath);
        var separator = '?';
        foreach (
            var pair in request
                .RawQuery.Split('&', StringSplitOptions.RemoveEmptyEntries)
                .Select(static pair => pair.Split('=', 2))
                .Where(static pair => Subresources.Contains(pair[0]))
                .OrderBy(static pair => pair[0], StringComparer.Ordinal)
        )
        {
            text.Append(separator).Append(pair[0]);
            if (pair.Length == 2)
                text.Append('=').Append(Uri.UnescapeDataString(pair[1]));
            separator = '&';
        }
        return text.ToString();
    }
}
