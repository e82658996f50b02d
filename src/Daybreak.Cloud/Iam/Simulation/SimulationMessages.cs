using Daybreak.Cloud.FrontDoor.Shapes;

namespace Daybreak.Cloud.Iam.Simulation;

/// <summary>The parameters that both simulations have.</summary>
public abstract record SimulationRequest : PagedRequest
{
    [Length(1, IamName.DocumentLength, OfItems = true), Pattern(IamName.DocumentPattern, OfItems = true)]
    public IReadOnlyList<string>? PermissionsBoundaryPolicyInputList { get; init; }

    [Length(3, 128, OfItems = true)]
    public required IReadOnlyList<string> ActionNames { get; init; }

    [Length(1, 2048, OfItems = true)]
    public IReadOnlyList<string>? ResourceArns { get; init; }

    [Length(1, IamName.DocumentLength), Pattern(IamName.DocumentPattern)]
    public string? ResourcePolicy { get; init; }

    [Length(1, 2048)]
    public string? ResourceOwner { get; init; }

    [Length(1, 2048)]
    public string? CallerArn { get; init; }

    public IReadOnlyList<ContextEntry>? ContextEntries { get; init; }

    [NotImplemented, Length(1, 64)]
    public string? ResourceHandlingOption { get; init; }
}

public sealed record SimulateCustomPolicyRequest : SimulationRequest
{
    [Length(1, IamName.DocumentLength, OfItems = true), Pattern(IamName.DocumentPattern, OfItems = true)]
    public required IReadOnlyList<string> PolicyInputList { get; init; }
}

public sealed record SimulatePrincipalPolicyRequest : SimulationRequest
{
    [Length(20, 2048)]
    public required string PolicySourceArn { get; init; }

    [Length(1, IamName.DocumentLength, OfItems = true), Pattern(IamName.DocumentPattern, OfItems = true)]
    public IReadOnlyList<string>? PolicyInputList { get; init; }
}

public sealed record ContextEntry
{
    [Length(5, 256)]
    public string? ContextKeyName { get; init; }

    public IReadOnlyList<string>? ContextKeyValues { get; init; }

    [Values(
        "string",
        "stringList",
        "numeric",
        "numericList",
        "boolean",
        "booleanList",
        "ip",
        "ipList",
        "binary",
        "binaryList",
        "date",
        "dateList"
    )]
    public string? ContextKeyType { get; init; }
}

public sealed record SimulationResponse : PagedResponse
{
    public required IReadOnlyList<EvaluationResult> EvaluationResults { get; init; }
}

public sealed record EvaluationResult
{
    public required string EvalActionName { get; init; }

    public required string EvalResourceName { get; init; }

    /// <summary><c>allowed</c>, <c>explicitDeny</c> or <c>implicitDeny</c>.</summary>
    public required string EvalDecision { get; init; }

    public required IReadOnlyList<MatchedStatement> MatchedStatements { get; init; }

    public required IReadOnlyList<string> MissingContextValues { get; init; }

    public OrganizationsDecisionDetail? OrganizationsDecisionDetail { get; init; }

    public PermissionsBoundaryDecisionDetail? PermissionsBoundaryDecisionDetail { get; init; }

    public required IReadOnlyDictionary<string, string> EvalDecisionDetails { get; init; }

    public IReadOnlyList<ResourceSpecificResult>? ResourceSpecificResults { get; init; }
}

public sealed record ResourceSpecificResult
{
    public required string EvalResourceName { get; init; }

    public required string EvalResourceDecision { get; init; }

    public required IReadOnlyList<MatchedStatement> MatchedStatements { get; init; }

    public required IReadOnlyList<string> MissingContextValues { get; init; }
}

public sealed record MatchedStatement
{
    public required string SourcePolicyId { get; init; }

    public required string SourcePolicyType { get; init; }

    public required Position StartPosition { get; init; }

    public required Position EndPosition { get; init; }
}

public sealed record Position
{
    public required int Line { get; init; }

    public required int Column { get; init; }
}

/// <summary>There are no organizations here, so that their policies never deny anything.</summary>
public sealed record OrganizationsDecisionDetail
{
    public bool AllowedByOrganizations { get; init; } = true;
}

public sealed record PermissionsBoundaryDecisionDetail
{
    public required bool AllowedByPermissionsBoundary { get; init; }
}

public sealed record GetContextKeysForCustomPolicyRequest
{
    [Length(1, IamName.DocumentLength, OfItems = true), Pattern(IamName.DocumentPattern, OfItems = true)]
    public required IReadOnlyList<string> PolicyInputList { get; init; }
}

public sealed record GetContextKeysForPrincipalPolicyRequest
{
    [Length(20, 2048)]
    public required string PolicySourceArn { get; init; }

    [Length(1, IamName.DocumentLength, OfItems = true), Pattern(IamName.DocumentPattern, OfItems = true)]
    public IReadOnlyList<string>? PolicyInputList { get; init; }
}

public sealed record GetContextKeysResponse
{
    public required IReadOnlyList<string> ContextKeyNames { get; init; }
}
