using Daybreak.Cloud.FrontDoor.Shapes;

namespace Daybreak.Cloud.Lambda.Functions;

/// <summary><see href="https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionRecursionConfig.html"/></summary>
public sealed record PutFunctionRecursionConfigRequest : INamesFunction
{
    public const string Allow = "Allow",
        Terminate = "Terminate";

    [FunctionName(IsUnqualified = true)]
    public required string FunctionName { get; init; }

    [Values(Allow, Terminate)]
    public required string RecursiveLoop { get; init; }
}
