using Daybreak.Aws;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Lambda.Functions;

namespace Daybreak.Cloud.Lambda.Code;

/// <summary>Takes the package of a request from where it is: from the request itself, or from a bucket that it names.</summary>
internal sealed class CodeSources(CodeStore codes, IPackageBuckets buckets)
{
    /// <exception cref="AwsException">There is none, it cannot be read, or it is no package.</exception>
    public async ValueTask<FunctionCode> AddAsync(
        ReadOnlyMemory<byte>? zip,
        string? bucket,
        string? key,
        string? version,
        OperationContext context
    )
    {
        if (zip is { IsEmpty: false } sent)
            return sent.Length <= AccountSettings.CodeSizeZipped
                ? await codes.AddAsync(sent, context.Aborted)
                : throw LambdaErrors.ZippedTooLarge();
        if (bucket is null || key is null)
            throw LambdaErrors.NoCode();
        // The limit of zips is one of requests; a package in a bucket is limited by what is in it.
        var read =
            await buckets.ReadAsync(context, bucket, key, version, AccountSettings.CodeSizeUnzipped)
            ?? throw LambdaErrors.UnzippedTooLarge();
        return await codes.AddAsync(read, context.Aborted);
    }
}
