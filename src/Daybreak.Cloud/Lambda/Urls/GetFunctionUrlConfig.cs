using Daybreak.Cloud.Lambda.Functions;

namespace Daybreak.Cloud.Lambda.Urls;

/// <summary><see href="https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionUrlConfig.html"/></summary>
public sealed record GetFunctionUrlConfigRequest : INamesFunction
{
    [FunctionName]
    public required string FunctionName { get; init; }

    [UrlQualifier]
    public string? Qualifier { get; init; }
}
