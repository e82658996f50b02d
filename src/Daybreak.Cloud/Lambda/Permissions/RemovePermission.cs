using Daybreak.Cloud.FrontDoor.Shapes;
using Daybreak.Cloud.Lambda.Functions;

namespace Daybreak.Cloud.Lambda.Permissions;

/// <summary><see href="https://docs.aws.amazon.com/lambda/latest/api/API_RemovePermission.html"/></summary>
public sealed record RemovePermissionRequest : INamesFunction
{
    [FunctionName]
    public required string FunctionName { get; init; }

    [Location(MemberLocation.Label)]
    [Length(1, 100)]
    [Pattern(@"([a-zA-Z0-9-_.]+)")]
    public required string StatementId { get; init; }

    [Qualifier]
    public string? Qualifier { get; init; }

    [Location(MemberLocation.Query)]
    public string? RevisionId { get; init; }
}
