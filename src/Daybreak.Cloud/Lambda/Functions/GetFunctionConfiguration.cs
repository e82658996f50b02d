namespace Daybreak.Cloud.Lambda.Functions;

/// <summary><see href="https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionConfiguration.html"/></summary>
public sealed record GetFunctionConfigurationRequest : INamesFunction
{
    [FunctionName(TakesDots = true, Most = 256)]
    public required string FunctionName { get; init; }

    [Qualifier]
    public string? Qualifier { get; init; }
}
