using System.Xml;
using Daybreak.Aws;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Policy;

namespace Daybreak.Cloud.Forwarding.Permissions;

/// <summary>Actions of Amazon S3, by method, path and query.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html</remarks>
internal static class S3Permissions
{
    /// <summary>Parameters that do not say which operation it is.</summary>
    private static readonly HashSet<string> Ordinary = new(StringComparer.Ordinal)
    {
        "bucket-region",
        "continuation-token",
        "delimiter",
        "encoding-type",
        "fetch-owner",
        "id",
        "key-marker",
        "list-type",
        "marker",
        "max-buckets",
        "max-keys",
        "max-parts",
        "max-uploads",
        "part-number-marker",
        "partNumber",
        "prefix",
        "start-after",
        "upload-id-marker",
        "version-id-marker",
        "versionId",
        "x-id",
    };

    /// <summary>What a subresource of a bucket is called in actions: <c>GetBucketPolicy</c>, <c>PutLifecycleConfiguration</c>.</summary>
    private static readonly Dictionary<string, string> OfBucket = new()
    {
        ["accelerate"] = "AccelerateConfiguration",
        ["acl"] = "BucketAcl",
        ["analytics"] = "AnalyticsConfiguration",
        ["cors"] = "BucketCORS",
        ["encryption"] = "EncryptionConfiguration",
        ["intelligent-tiering"] = "IntelligentTieringConfiguration",
        ["inventory"] = "InventoryConfiguration",
        ["lifecycle"] = "LifecycleConfiguration",
        ["location"] = "BucketLocation",
        ["logging"] = "BucketLogging",
        ["metrics"] = "MetricsConfiguration",
        ["notification"] = "BucketNotification",
        ["object-lock"] = "BucketObjectLockConfiguration",
        ["ownershipControls"] = "BucketOwnershipControls",
        ["policy"] = "BucketPolicy",
        ["policyStatus"] = "BucketPolicyStatus",
        ["publicAccessBlock"] = "BucketPublicAccessBlock",
        ["replication"] = "ReplicationConfiguration",
        ["requestPayment"] = "BucketRequestPayment",
        ["tagging"] = "BucketTagging",
        ["versioning"] = "BucketVersioning",
        ["website"] = "BucketWebsite",
    };

    public static bool DeletesSeveral(AwsRequest request) => request.Method == "POST" && request.Query.ContainsKey("delete");

    public static IReadOnlyList<ResourcePermission> Of(AwsRequest request, NeededPermissions needed)
    {
        var place = S3Place.Of(request);
        if (place.Bucket.Length == 0)
            return [needed.On("*", request.Method == "GET" && !Named(request).Any() ? "ListAllMyBuckets" : null)];
        var named = Named(request).ToList();
        // Which of several the service takes for the operation is its own affair.
        var subresource = named.Count switch
        {
            0 => "",
            1 => named[0],
            _ => "several",
        };
        return place.Key.Length == 0 ? OfBuckets(request, place, subresource, needed) : OfObjects(request, place, subresource, needed);
    }

    /// <summary>The parameters that may say which operation it is.</summary>
    private static IEnumerable<string> Named(AwsRequest request) =>
        request.Query.Keys.Where(static key =>
            !Ordinary.Contains(key)
            && !key.StartsWith("X-Amz-", StringComparison.OrdinalIgnoreCase)
            && !key.StartsWith("response-", StringComparison.Ordinal)
        );

    private static List<ResourcePermission> OfBuckets(AwsRequest request, S3Place place, string subresource, NeededPermissions needed)
    {
        if (subresource == "delete" && request.Method == "POST")
            return Deletions(request, place, needed);
        var action = (request.Method, subresource) switch
        {
            ("HEAD", "") or ("GET", "") => "ListBucket",
            ("GET", "versions") => "ListBucketVersions",
            ("GET", "uploads") => "ListBucketMultipartUploads",
            ("PUT", "") => "CreateBucket",
            ("DELETE", "") => "DeleteBucket",
            ("DELETE", "policy") => "DeleteBucketPolicy",
            ("DELETE", "website") => "DeleteBucketWebsite",
            ("GET", var name) when OfBucket.TryGetValue(name, out var what) => "Get" + what,
            ("PUT" or "DELETE", var name) when OfBucket.TryGetValue(name, out var what) => "Put" + what,
            _ => null,
        };
        var keys = new ContextKeys();
        foreach (var name in new[] { "prefix", "delimiter", "max-keys" })
        {
            if (request.Query.TryGetValue(name, out var value))
                keys.Add($"s3:{name}", value);
        }
        return [needed.On(place.BucketArn, action, keys)];
    }

    private static List<ResourcePermission> OfObjects(AwsRequest request, S3Place place, string subresource, NeededPermissions needed)
    {
        var version = request.Query.ContainsKey("versionId") ? "Version" : "";
        string?[] actions = (request.Method, subresource) switch
        {
            ("HEAD" or "GET", "") => [$"GetObject{version}"],
            ("GET", "acl") => [$"GetObject{version}Acl"],
            ("GET", "tagging") => [$"GetObject{version}Tagging"],
            ("GET", "torrent") => ["GetObjectTorrent"],
            ("GET", "uploadId") => ["ListMultipartUploadParts"],
            ("GET", "attributes") => [$"GetObject{version}", $"GetObject{version}Attributes"],
            ("GET", "retention") => ["GetObjectRetention"],
            ("GET", "legal-hold") => ["GetObjectLegalHold"],
            ("PUT", "") or ("PUT", "uploadId") or ("POST", "uploads") or ("POST", "uploadId") => ["PutObject"],
            ("PUT", "acl") => [$"PutObject{version}Acl"],
            ("PUT", "tagging") => [$"PutObject{version}Tagging"],
            ("PUT", "retention") => ["PutObjectRetention"],
            ("PUT", "legal-hold") => ["PutObjectLegalHold"],
            ("POST", "restore") => ["RestoreObject"],
            ("POST", "select") => ["GetObject"],
            ("DELETE", "") => [$"DeleteObject{version}"],
            ("DELETE", "uploadId") => ["AbortMultipartUpload"],
            ("DELETE", "tagging") => [$"DeleteObject{version}Tagging"],
            _ => [null],
        };
        List<ResourcePermission> all = [.. actions.Select(action => needed.On(place.Arn, action))];
        if (request.Method == "PUT" && request.Header("x-amz-copy-source") is { } source)
            all.Add(Source(source, needed));
        if (actions is not ["PutObject"])
            return all;
        if (
            request.Headers.ContainsKey("x-amz-acl")
            || request.Headers.Keys.Any(static name => name.StartsWith("x-amz-grant-", StringComparison.OrdinalIgnoreCase))
        )
            all.Add(needed.On(place.Arn, "PutObjectAcl"));
        if (request.Headers.ContainsKey("x-amz-tagging"))
            all.Add(needed.On(place.Arn, "PutObjectTagging"));
        return all;
    }

    /// <summary>Copying needs reading as well.</summary>
    private static ResourcePermission Source(string source, NeededPermissions needed)
    {
        var question = source.IndexOf("?versionId=", StringComparison.Ordinal);
        var path = Uri.UnescapeDataString(question < 0 ? source : source[..question]).TrimStart('/');
        return needed.On(
            path.StartsWith("arn:", StringComparison.Ordinal) ? path : $"arn:aws:s3:::{path}",
            question < 0 ? "GetObject" : "GetObjectVersion"
        );
    }

    private static List<ResourcePermission> Deletions(AwsRequest request, S3Place place, NeededPermissions needed)
    {
        List<ResourcePermission> all = [];
        try
        {
            using var xml = XmlReader.Create(
                new MemoryStream(request.Body.ToArray()),
                new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null }
            );
            string? key = null;
            var version = false;
            while (xml.Read())
            {
                if (xml is { NodeType: XmlNodeType.Element, LocalName: "Key" })
                    key = xml.ReadString();
                else if (xml is { NodeType: XmlNodeType.Element, LocalName: "VersionId" })
                    version = true;
                else if (xml is { NodeType: XmlNodeType.EndElement, LocalName: "Object" } && key is not null)
                {
                    all.Add(needed.On(place.ArnOf(key), version ? "DeleteObjectVersion" : "DeleteObject"));
                    (key, version) = (null, false);
                }
            }
        }
        catch (XmlException)
        {
            throw AwsException.Sender(
                "MalformedXML",
                "The XML you provided was not well-formed or did not validate against our published schema"
            );
        }
        return all.Count == 0 ? [needed.On(place.ArnOf("*"), "DeleteObject")] : all;
    }
}
