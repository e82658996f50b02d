namespace Daybreak.Cloud.Lambda.Functions;

/// <summary><see href="https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionCodeSigningConfig.html"/></summary>
public sealed record GetFunctionCodeSigningConfigRequest : INamesFunction
{
    [FunctionName]
    public required string FunctionName { get; init; }
}

public sealed record GetFunctionCodeSigningConfigResponse
{
    public string? CodeSigningConfigArn { get; init; }

    public required string FunctionName { get; init; }
}
