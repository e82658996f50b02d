namespace Daybreak.Cloud.Lambda.Functions;

/// <summary><see href="https://docs.aws.amazon.com/lambda/latest/api/API_DeleteFunction.html"/></summary>
public sealed record DeleteFunctionRequest : INamesFunction
{
    [FunctionName(TakesDots = true)]
    public required string FunctionName { get; init; }

    [Qualifier]
    public string? Qualifier { get; init; }
}
