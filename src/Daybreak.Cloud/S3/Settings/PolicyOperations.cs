using System.Text;
using Daybreak.Aws;
using Daybreak.Cloud.FrontDoor.Protocols;
using Daybreak.Cloud.Policy;
using Daybreak.Cloud.S3.Bodies;
using Daybreak.Cloud.S3.Protocol;
using Daybreak.Cloud.S3.Storage;

namespace Daybreak.Cloud.S3.Settings;

/// <summary>The policy of a bucket, which is judged by the same engine as those of identities.</summary>
internal sealed class PolicyOperations(ObjectStore store, BucketPolicies policies, IPrincipalIds principals)
{
    private const int LargestPolicy = 20 * 1024;

    public IEnumerable<S3Operation> Operations() =>
        [
            new("GetBucketPolicy", S3Resource.Bucket, GetAsync, null),
            new("PutBucketPolicy", S3Resource.Bucket, PutAsync, null),
            new("DeleteBucketPolicy", S3Resource.Bucket, DeleteAsync, null),
            new("GetBucketPolicyStatus", S3Resource.Bucket, StatusAsync, "GetBucketPolicyStatus"),
        ];

    private async Task GetAsync(S3Call call)
    {
        Require(call, "GetBucketPolicy");
        await RawBody.WriteAsync(call.Response, "application/json", Encoding.UTF8.GetBytes(TextOf(call)));
    }

    private async Task PutAsync(S3Call call)
    {
        Require(call, "PutBucketPolicy");
        using var body = await BodyIntake.ReceiveDocumentAsync(call, LargestPolicy);
        var text = Encoding.UTF8.GetString(body.Small!);
        var document = BucketPolicyText.Read(text, call.Bucket);
        var ids = NamedPrincipals.IdsOf(document, principals, out _) ?? throw BucketPolicyText.Malformed("Invalid principal in policy");
        var isPublic = PublicPolicy.IsPublic(text);
        await store.ChangeBucketAsync(
            call.Bucket,
            bucket =>
                isPublic && PublicAccess.BlocksPolicy(bucket)
                    ? throw Blocked(call)
                    : bucket with
                    {
                        Settings = bucket.Settings.SetItem(BucketPolicies.Setting, text),
                        PolicyPrincipals = ids,
                    }
        );
        call.NoContent();
    }

    private async Task DeleteAsync(S3Call call)
    {
        Require(call, "DeleteBucketPolicy");
        await store.ChangeBucketAsync(
            call.Bucket,
            static bucket => bucket with { Settings = bucket.Settings.Remove(BucketPolicies.Setting), PolicyPrincipals = null }
        );
        call.NoContent();
    }

    private Task StatusAsync(S3Call call)
    {
        var isPublic = PublicPolicy.IsPublic(TextOf(call));
        return S3Xml.WriteAsync(call.Response, "PolicyStatus", xml => xml.Element("IsPublic", isPublic));
    }

    private string TextOf(S3Call call) =>
        policies.TextOf(call.Bucket)
        ?? throw S3Errors.Error(404, "NoSuchBucketPolicy", "The bucket policy does not exist", ("BucketName", call.BucketName));

    /// <summary>The root of the account may always mend a policy that locks everybody out.</summary>
    private static void Require(S3Call call, string action)
    {
        if (!(call.Context.Caller.IsRoot && call.Context.Caller.AccountId == call.Bucket.AccountId))
            call.Access.Require(call, action, call.Bucket);
    }

    private static AwsException Blocked(S3Call call) =>
        S3Errors.AccessDenied(
            $"User: {call.Context.Caller.Arn} is not authorized to perform: s3:PutBucketPolicy on resource: \"{call.Bucket.Arn}\" because "
                + "public policies are blocked by the BlockPublicPolicy block public access setting."
        );
}
