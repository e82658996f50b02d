using Daybreak.Cloud.Lambda.Functions;

namespace Daybreak.Cloud.Lambda.Urls;

/// <summary><see href="https://docs.aws.amazon.com/lambda/latest/api/API_DeleteFunctionUrlConfig.html"/></summary>
public sealed record DeleteFunctionUrlConfigRequest : INamesFunction
{
    [FunctionName]
    public required string FunctionName { get; init; }

    [UrlQualifier]
    public string? Qualifier { get; init; }
}
