using Daybreak.Aws;

namespace Daybreak.Cloud.Lambda.Events;

/// <summary>Buckets of Amazon S3 that records of failures go to.</summary>
public interface IRecordBuckets
{
    /// <summary>False when requests for S3 go on to another place.</summary>
    bool AreHere { get; }

    /// <summary>Whether there is such a bucket.</summary>
    bool Has(string bucketArn);

    /// <summary>The first operation that a role may not call of those that it needs to put an object; null: it may call all.</summary>
    string? Forbidden(string roleArn, string region, string bucketArn, string key);

    /// <summary>Puts an object in the name of a role.</summary>
    /// <exception cref="AwsException">It was not put: <see cref="FaultSide.Sender"/> means that it never will be.</exception>
    Task PutAsync(string roleArn, string bucketArn, string key, byte[] body);
}
