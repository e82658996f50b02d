using Daybreak.Cloud.Lambda.Functions;

namespace Daybreak.Cloud.Lambda.Permissions;

/// <summary><see href="https://docs.aws.amazon.com/lambda/latest/api/API_GetPolicy.html"/></summary>
public sealed record GetPolicyRequest : INamesFunction
{
    [FunctionName(TakesDots = true, Most = 256)]
    public required string FunctionName { get; init; }

    [Qualifier]
    public string? Qualifier { get; init; }
}

public sealed record GetPolicyResponse
{
    /// <summary>The document as JSON text.</summary>
    public required string Policy { get; init; }

    public required string RevisionId { get; init; }
}
