using Daybreak.Cloud.FrontDoor;

namespace Daybreak.Cloud.S3.Protocol;

/// <summary>What an operation is about.</summary>
internal enum S3Resource
{
    Service,
    Bucket,
    Object,
}

/// <summary>An operation, which answers its request itself.</summary>
/// <param name="action">What it needs on its resource; null: it asks itself.</param>
internal sealed class S3Operation(string name, S3Resource on, Func<S3Call, Task> run, string? action)
    : AwsOperation<NoMembers, NoMembers>(name, static NoMembers (NoMembers _, OperationContext _) => throw new NotSupportedException())
{
    public S3Resource On => on;

    public Func<S3Call, Task> Answer => run;

    public string? Needs => action;

    /// <summary>Whether its bucket need not exist.</summary>
    public bool MakesBucket { get; init; }
}
