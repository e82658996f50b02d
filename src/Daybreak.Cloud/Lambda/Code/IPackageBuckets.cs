using Daybreak.Aws;
using Daybreak.Cloud.FrontDoor;

namespace Daybreak.Cloud.Lambda.Code;

/// <summary>Buckets of Amazon S3 that packages come from.</summary>
public interface IPackageBuckets
{
    /// <summary>Reads an object in the name of the caller, who must be allowed to.</summary>
    /// <param name="version">Null: the latest.</param>
    /// <param name="most">In bytes.</param>
    /// <returns>Null: it is longer.</returns>
    /// <exception cref="AwsException">It is not there, or the caller may not read it: Lambda's error.</exception>
    ValueTask<ReadOnlyMemory<byte>?> ReadAsync(OperationContext context, string bucket, string key, string? version, long most);
}
