using Daybreak.Cloud.Lambda.Functions;

namespace Daybreak.Cloud.Lambda.Provisioning;

/// <summary><see href="https://docs.aws.amazon.com/lambda/latest/api/API_GetProvisionedConcurrencyConfig.html"/></summary>
public sealed record GetProvisionedConcurrencyConfigRequest : INamesFunction
{
    [FunctionName]
    public required string FunctionName { get; init; }

    [Qualifier]
    public required string? Qualifier { get; init; }
}
