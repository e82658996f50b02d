using Daybreak.Cloud.FrontDoor.Shapes;
using Daybreak.Cloud.Lambda.Functions;

namespace Daybreak.Cloud.Lambda.Versions;

/// <summary><see href="https://docs.aws.amazon.com/lambda/latest/api/API_CreateAlias.html"/></summary>
public sealed record CreateAliasRequest : INamesFunction
{
    [FunctionName]
    public required string FunctionName { get; init; }

    [AliasName]
    public required string Name { get; init; }

    [VersionOfAlias]
    public required string FunctionVersion { get; init; }

    [Length(0, 256)]
    public string? Description { get; init; }

    public AliasRoutingConfiguration? RoutingConfig { get; init; }
}
