using Daybreak.Cloud.FrontDoor.Shapes;

namespace Daybreak.Cloud.Lambda.Functions;

/// <summary><see href="https://docs.aws.amazon.com/lambda/latest/api/API_PutRuntimeManagementConfig.html"/></summary>
public sealed record PutRuntimeManagementConfigRequest : INamesFunction
{
    [FunctionName(TakesDots = true, Most = 256)]
    public required string FunctionName { get; init; }

    [Qualifier]
    public string? Qualifier { get; init; }

    [Values(RuntimeManagement.Auto, RuntimeManagement.Manual, RuntimeManagement.FunctionUpdate)]
    public required string UpdateRuntimeOn { get; init; }

    [Length(26, 2048)]
    [Pattern(@"arn:(aws[a-zA-Z-]*):lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}::runtime:.+")]
    public string? RuntimeVersionArn { get; init; }
}
