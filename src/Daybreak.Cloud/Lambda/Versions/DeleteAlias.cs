using Daybreak.Cloud.FrontDoor.Shapes;
using Daybreak.Cloud.Lambda.Functions;

namespace Daybreak.Cloud.Lambda.Versions;

/// <summary><see href="https://docs.aws.amazon.com/lambda/latest/api/API_DeleteAlias.html"/></summary>
public sealed record DeleteAliasRequest : INamesFunction
{
    [FunctionName]
    public required string FunctionName { get; init; }

    [AliasName(Location = MemberLocation.Label)]
    public required string Name { get; init; }
}
