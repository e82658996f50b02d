using System.Xml.Linq;
using Daybreak.Cloud.S3.Protocol;
using Daybreak.Cloud.S3.Settings;
using Daybreak.Cloud.S3.Storage;

namespace Daybreak.Cloud.S3.Buckets;

/// <summary>What CreateBucket may say of a bucket beside its place.</summary>
internal static class BucketDefaults
{
    /// <exception cref="Aws.AwsException">It says something that is not here.</exception>
    public static Bucket Of(S3Call call, XElement? root, Bucket bucket)
    {
        var ownership = call.Header("x-amz-object-ownership");
        if (ownership is not null && !Ownership.IsValid(ownership))
            throw S3Errors.InvalidArgument($"Invalid x-amz-object-ownership header: {ownership}", "x-amz-object-ownership", ownership);
        if (call.Header("x-amz-acl") is { } acl and not "private")
            throw ownership is null or Ownership.Enforced
                ? S3Errors.Bad(
                    "InvalidBucketAclWithObjectOwnership",
                    "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting"
                )
                : S3Errors.NotImplementedHeader("x-amz-acl", $"Daybreak keeps no access control lists: {acl}");
        if (call.Header("x-amz-bucket-object-lock-enabled") is { } locked && !locked.Equals("false", StringComparison.OrdinalIgnoreCase))
            throw S3Errors.NotImplementedHeader("x-amz-bucket-object-lock-enabled", "Daybreak has no Object Lock");
        if (root?.Child("Bucket") is not null || root?.Child("Location") is not null)
            throw S3Errors.NotImplementedHeader("CreateBucketConfiguration", "Daybreak has no directory buckets");
        if (ownership is not null and not Ownership.Enforced)
            bucket = Ownership.Setting.With(bucket, Ownership.Document(ownership));
        return root?.Child("Tags") is { } tags ? BucketTags.Setting.With(bucket, BucketTags.OfCreation(tags)) : bucket;
    }
}
