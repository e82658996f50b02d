using Daybreak.Cloud.FrontDoor.Shapes;
using Daybreak.Cloud.Lambda.Functions;

namespace Daybreak.Cloud.Lambda.Versions;

/// <summary><see href="https://docs.aws.amazon.com/lambda/latest/api/API_UpdateAlias.html"/></summary>
public sealed record UpdateAliasRequest : INamesFunction
{
    [FunctionName]
    public required string FunctionName { get; init; }

    [AliasName(Location = MemberLocation.Label)]
    public required string Name { get; init; }

    [VersionOfAlias]
    public string? FunctionVersion { get; init; }

    [Length(0, 256)]
    public string? Description { get; init; }

    public AliasRoutingConfiguration? RoutingConfig { get; init; }

    public string? RevisionId { get; init; }
}
