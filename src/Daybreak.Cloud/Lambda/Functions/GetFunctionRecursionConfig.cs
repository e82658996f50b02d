namespace Daybreak.Cloud.Lambda.Functions;

/// <summary><see href="https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionRecursionConfig.html"/></summary>
public sealed record GetFunctionRecursionConfigRequest : INamesFunction
{
    [FunctionName(IsUnqualified = true)]
    public required string FunctionName { get; init; }
}

public sealed record FunctionRecursionConfigResponse
{
    public required string RecursiveLoop { get; init; }
}
