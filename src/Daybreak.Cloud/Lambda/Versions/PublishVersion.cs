using Daybreak.Cloud.FrontDoor.Shapes;
using Daybreak.Cloud.Lambda.Functions;

namespace Daybreak.Cloud.Lambda.Versions;

/// <summary><see href="https://docs.aws.amazon.com/lambda/latest/api/API_PublishVersion.html"/></summary>
public sealed record PublishVersionRequest : INamesFunction
{
    [FunctionName]
    public required string FunctionName { get; init; }

    public string? CodeSha256 { get; init; }

    [Length(0, 256)]
    public string? Description { get; init; }

    public string? RevisionId { get; init; }

    [NotImplemented]
    public string? PublishTo { get; init; }
}
