using System.Collections.Frozen;
using Daybreak.Aws;
using Daybreak.Cloud.FrontDoor;

namespace Daybreak.Cloud.S3.Protocol;

/// <summary>Finds the operation of a request: by its method, by what it is about, and by the subresource in its query.</summary>
internal sealed class S3Router(IEnumerable<AwsOperation> operations)
{
    private static readonly FrozenDictionary<(string Method, S3Resource On, string Subresource), string> Routes = new (
        S3Resource On,
        string Routes
    )[]
    {
        (S3Resource.Service, "GET:ListBuckets"),
        (
            S3Resource.Bucket,
            "GET:ListObjects GET?list-type:ListObjectsV2 GET?versions:ListObjectVersions GET?uploads:ListMultipartUploads "
                + "GET?location:GetBucketLocation GET?policy:GetBucketPolicy GET?policyStatus:GetBucketPolicyStatus GET?acl:GetBucketAcl "
                + "GET?cors:GetBucketCors GET?tagging:GetBucketTagging GET?versioning:GetBucketVersioning "
                + "GET?notification:GetBucketNotificationConfiguration GET?lifecycle:GetBucketLifecycleConfiguration "
                + "GET?encryption:GetBucketEncryption GET?publicAccessBlock:GetPublicAccessBlock "
                + "GET?ownershipControls:GetBucketOwnershipControls GET?website:GetBucketWebsite GET?logging:GetBucketLogging "
                + "GET?replication:GetBucketReplication GET?requestPayment:GetBucketRequestPayment "
                + "GET?accelerate:GetBucketAccelerateConfiguration GET?object-lock:GetObjectLockConfiguration "
                + "GET?analytics:ListBucketAnalyticsConfigurations GET?inventory:ListBucketInventoryConfigurations "
                + "GET?metrics:ListBucketMetricsConfigurations GET?intelligent-tiering:ListBucketIntelligentTieringConfigurations "
                + "GET?session:CreateSession GET?metadataTable:GetBucketMetadataTableConfiguration "
                + "GET?metadataConfiguration:GetBucketMetadataConfiguration GET?abac:GetBucketAbac "
                + "PUT:CreateBucket PUT?policy:PutBucketPolicy PUT?acl:PutBucketAcl PUT?cors:PutBucketCors PUT?tagging:PutBucketTagging "
                + "PUT?versioning:PutBucketVersioning PUT?notification:PutBucketNotificationConfiguration "
                + "PUT?lifecycle:PutBucketLifecycleConfiguration PUT?encryption:PutBucketEncryption "
                + "PUT?publicAccessBlock:PutPublicAccessBlock PUT?ownershipControls:PutBucketOwnershipControls "
                + "PUT?website:PutBucketWebsite PUT?logging:PutBucketLogging PUT?replication:PutBucketReplication "
                + "PUT?requestPayment:PutBucketRequestPayment PUT?accelerate:PutBucketAccelerateConfiguration "
                + "PUT?object-lock:PutObjectLockConfiguration PUT?analytics:PutBucketAnalyticsConfiguration "
                + "PUT?inventory:PutBucketInventoryConfiguration PUT?metrics:PutBucketMetricsConfiguration "
                + "PUT?intelligent-tiering:PutBucketIntelligentTieringConfiguration PUT?abac:PutBucketAbac "
                + "PUT?metadataInventoryTable:UpdateBucketMetadataInventoryTableConfiguration "
                + "PUT?metadataJournalTable:UpdateBucketMetadataJournalTableConfiguration POST?delete:DeleteObjects "
                + "POST?metadataTable:CreateBucketMetadataTableConfiguration POST?metadataConfiguration:CreateBucketMetadataConfiguration "
                + "DELETE:DeleteBucket DELETE?policy:DeleteBucketPolicy DELETE?cors:DeleteBucketCors DELETE?tagging:DeleteBucketTagging "
                + "DELETE?lifecycle:DeleteBucketLifecycle DELETE?encryption:DeleteBucketEncryption "
                + "DELETE?publicAccessBlock:DeletePublicAccessBlock DELETE?ownershipControls:DeleteBucketOwnershipControls "
                + "DELETE?website:DeleteBucketWebsite DELETE?replication:DeleteBucketReplication "
                + "DELETE?analytics:DeleteBucketAnalyticsConfiguration DELETE?inventory:DeleteBucketInventoryConfiguration "
                + "DELETE?metrics:DeleteBucketMetricsConfiguration "
                + "DELETE?intelligent-tiering:DeleteBucketIntelligentTieringConfiguration "
                + "DELETE?metadataTable:DeleteBucketMetadataTableConfiguration "
                + "DELETE?metadataConfiguration:DeleteBucketMetadataConfiguration HEAD:HeadBucket"
        ),
        (
            S3Resource.Object,
            "GET:GetObject GET?acl:GetObjectAcl GET?tagging:GetObjectTagging GET?attributes:GetObjectAttributes GET?uploadId:ListParts "
                + "GET?retention:GetObjectRetention GET?legal-hold:GetObjectLegalHold GET?torrent:GetObjectTorrent "
                + "PUT:PutObject PUT?uploadId:UploadPart PUT?acl:PutObjectAcl PUT?tagging:PutObjectTagging "
                + "PUT?retention:PutObjectRetention PUT?legal-hold:PutObjectLegalHold PUT?renameObject:RenameObject "
                + "PUT?encryption:UpdateObjectEncryption POST?uploads:CreateMultipartUpload POST?uploadId:CompleteMultipartUpload "
                + "POST?restore:RestoreObject POST?select:SelectObjectContent DELETE:DeleteObject DELETE?uploadId:AbortMultipartUpload "
                + "DELETE?tagging:DeleteObjectTagging HEAD:HeadObject"
        ),
    }
        .SelectMany(static group => group.Routes.Split(' ').Select(route => (group.On, Parts: route.Split(':'))))
        .ToFrozenDictionary(
            static route =>
                route.Parts[0].Split('?') is [var method, var subresource]
                    ? (method, route.On, subresource)
                    : (route.Parts[0], route.On, ""),
            static route => route.Parts[1]
        );

    private static readonly string[] Subresources =
    [
        .. Routes.Keys.Select(static route => route.Subresource).Where(static name => name.Length > 0).Distinct(),
    ];

    private readonly FrozenDictionary<string, AwsOperation> _byName = operations.ToFrozenDictionary(static operation => operation.Name);

    /// <exception cref="AwsException">There is no such operation, or none here.</exception>
    public S3Operation Find(AwsRequest request, S3Address address)
    {
        var on =
            address.Bucket is null ? S3Resource.Service
            : address.Key is null ? S3Resource.Bucket
            : S3Resource.Object;
        var subresource = request.RawQuery.Length == 0 ? "" : SubresourceOf(request, on);
        if (!Routes.TryGetValue((request.Method, on, subresource), out var name))
            throw S3Errors.MethodNotAllowed(
                request.Method,
                subresource.Length > 0 ? subresource.ToUpperInvariant() : on.ToString().ToUpperInvariant()
            );
        if (name is "PutObject" or "UploadPart" && request.Header("x-amz-copy-source") is not null)
            name = name == "PutObject" ? "CopyObject" : "UploadPartCopy";
        return _byName[name] as S3Operation ?? throw NotImplemented.Of($"the operation {name} of s3");
    }

    private static string SubresourceOf(AwsRequest request, S3Resource on)
    {
        foreach (var name in Subresources)
        {
            if (request.Query.ContainsKey(name) && Routes.Keys.Any(route => route.On == on && route.Subresource == name))
                return name == "list-type" && request.Query[name] != "2" ? "" : name;
        }
        return "";
    }
}
