using Daybreak.Cloud.Lambda.Functions;

namespace Daybreak.Cloud.Lambda.Provisioning;

/// <summary><see href="https://docs.aws.amazon.com/lambda/latest/api/API_DeleteProvisionedConcurrencyConfig.html"/></summary>
public sealed record DeleteProvisionedConcurrencyConfigRequest : INamesFunction
{
    [FunctionName]
    public required string FunctionName { get; init; }

    [Qualifier]
    public required string? Qualifier { get; init; }
}
