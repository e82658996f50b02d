using Daybreak.Aws;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Lambda;
using Daybreak.Cloud.Lambda.Code;
using Daybreak.Cloud.Lambda.Events;
using Daybreak.Cloud.Policy;
using Daybreak.Cloud.S3;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Hosting;

/// <summary>What Lambda reads from buckets and writes into them.</summary>
/// <param name="objects">Null when requests for S3 go on to another place.</param>
internal sealed class FunctionBuckets(ServiceObjects? objects, ExecutionRoles roles) : IPackageBuckets, IRecordBuckets
{
    private const string Prefix = "arn:aws:s3:::";

    private static readonly ServiceAction PutObject = new("s3:PutObject"),
        ListBucket = new("s3:ListBucket");

    public bool AreHere => objects is not null;

    public async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(OperationContext context, string bucket, string key, string? version, long most)
    {
        if (objects is null)
            throw NotImplemented.Of("code from Amazon S3 while its requests go on by --forward s3=URL: give it as ZipFile");
        try
        {
            return await objects.ReadAsync(context, bucket, key, version, most);
        }
        catch (AwsException error)
        {
            throw LambdaErrors.OfS3(error, bucket, key);
        }
    }

    public bool Has(string bucketArn) => Find(bucketArn) is not null;

    public string? Forbidden(string roleArn, string region, string bucketArn, string key)
    {
        if (Find(bucketArn) is not { } bucket)
            return "PutObject";
        return !roles.May(roleArn, region, PutObject, $"{bucketArn}/{key}", bucket.Policy, bucket.AccountId) ? "PutObject"
            : !roles.May(roleArn, region, ListBucket, bucketArn, bucket.Policy, bucket.AccountId) ? "ListBucket"
            : null;
    }

    public async Task PutAsync(string roleArn, string bucketArn, string key, byte[] body)
    {
        try
        {
            await objects!.PutAsync("lambda.amazonaws.com", bucketArn[Prefix.Length..], key, body);
        }
        catch (StateException error)
        {
            throw AwsException.Receiver("InternalError", error.Message);
        }
    }

    private ServiceBucket? Find(string arn) =>
        arn.StartsWith(Prefix, StringComparison.Ordinal) ? objects?.Find(arn[Prefix.Length..]) : null;
}
