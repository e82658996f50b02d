namespace Daybreak.Cloud.Lambda.Functions;

/// <summary><see href="https://docs.aws.amazon.com/lambda/latest/api/API_DeleteFunctionConcurrency.html"/></summary>
public sealed record DeleteFunctionConcurrencyRequest : INamesFunction
{
    [FunctionName]
    public required string FunctionName { get; init; }
}
