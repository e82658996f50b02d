using Daybreak.Cloud.FrontDoor.Shapes;
using Daybreak.Cloud.Lambda.Functions;

namespace Daybreak.Cloud.Lambda.Provisioning;

/// <summary><see href="https://docs.aws.amazon.com/lambda/latest/api/API_PutProvisionedConcurrencyConfig.html"/></summary>
public sealed record PutProvisionedConcurrencyConfigRequest : INamesFunction
{
    [FunctionName]
    public required string FunctionName { get; init; }

    [Qualifier]
    public required string? Qualifier { get; init; }

    [Range(1, int.MaxValue)]
    public required int? ProvisionedConcurrentExecutions { get; init; }
}

public sealed record ProvisionedConcurrencyResponse
{
    /// <summary>In lists: the ARN with the version or alias.</summary>
    public string? FunctionArn { get; init; }

    public int RequestedProvisionedConcurrentExecutions { get; init; }

    public int AvailableProvisionedConcurrentExecutions { get; init; }

    public int AllocatedProvisionedConcurrentExecutions { get; init; }

    public required string Status { get; init; }

    public string? StatusReason { get; init; }

    public required string LastModified { get; init; }
}
