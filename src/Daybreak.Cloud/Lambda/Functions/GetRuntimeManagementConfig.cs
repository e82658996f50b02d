namespace Daybreak.Cloud.Lambda.Functions;

/// <summary><see href="https://docs.aws.amazon.com/lambda/latest/api/API_GetRuntimeManagementConfig.html"/></summary>
public sealed record GetRuntimeManagementConfigRequest : INamesFunction
{
    [FunctionName(TakesDots = true, Most = 256)]
    public required string FunctionName { get; init; }

    [Qualifier]
    public string? Qualifier { get; init; }
}

public sealed record RuntimeManagementConfigResponse
{
    public required string UpdateRuntimeOn { get; init; }

    public string? RuntimeVersionArn { get; init; }

    public required string FunctionArn { get; init; }
}
