namespace Daybreak.Cloud.Lambda.Functions;

/// <summary><see href="https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionConcurrency.html"/></summary>
public sealed record GetFunctionConcurrencyRequest : INamesFunction
{
    [FunctionName]
    public required string FunctionName { get; init; }
}

public sealed record GetFunctionConcurrencyResponse
{
    public int? ReservedConcurrentExecutions { get; init; }
}
