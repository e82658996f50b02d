using Daybreak.Cloud.FrontDoor.Shapes;
using Daybreak.Cloud.Lambda.Functions;

namespace Daybreak.Cloud.Lambda.Urls;

/// <summary><see href="https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunctionUrlConfig.html"/></summary>
public sealed record CreateFunctionUrlConfigRequest : INamesFunction
{
    [FunctionName]
    public required string FunctionName { get; init; }

    [UrlQualifier]
    public string? Qualifier { get; init; }

    [Values(FunctionUrl.None, FunctionUrl.AwsIam)]
    public required string AuthType { get; init; }

    public Cors? Cors { get; init; }

    [Values(FunctionUrl.Buffered, FunctionUrl.ResponseStream)]
    public string? InvokeMode { get; init; }
}
