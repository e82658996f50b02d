using System.Collections.Frozen;
using Daybreak.Cloud.Policy.Conditions;

namespace Daybreak.Cloud.Policy.Syntax;

/// <summary>AWS's requirements for a role's trust policy, in the order in which AWS checks them.</summary>
internal static class TrustPolicyRules
{
    public const string InvalidJson = "This policy contains invalid Json";

    private static readonly FrozenSet<string> Actions = FrozenSet.ToFrozenSet(
        [
            "sts:AssumeRole",
            "sts:AssumeRoleWithSAML",
            "sts:AssumeRoleWithWebIdentity",
            "sts:TagSession",
            "sts:SetSourceIdentity",
            "sts:SetContext",
            "sts:*",
            "sts:AssumeRole*",
        ],
        StringComparer.OrdinalIgnoreCase
    );

    /// <summary>
    /// Returns the message for the first defect; null when there is none. IAM itself checks whether a named user or role exists.
    /// </summary>
    public static string? Defect(PolicySyntax policy)
    {
        if (policy.UnknownElement is { } element)
            return $"Unknown field {element}";
        if (policy.Version is not (null or "2012-10-17" or "2008-10-17"))
            return "The policy must contain a valid version string";
        if (policy.Statements is not { Count: > 0 } statements)
            return "Could not parse the policy: Statement is empty!";
        if (statements.Select(Defect).FirstOrDefault(static defect => defect is not null) is { } defect)
            return defect;
        return IdentityPolicyRules.HasUniqueSids(statements) ? null : "The Statement Ids in the policy are not unique";
    }

    private static string? Defect(StatementSyntax statement)
    {
        if (statement.UnknownElement is { } element)
            return $"Unknown field {element}";
        if (statement.Resource is not null)
            return "Has prohibited field Resource";
        if (statement.NotResource is not null)
            return "Has prohibited field NotResource";
        if (statement.Effect is null)
            return "Missing required field Effect";
        if (statement.Effect is not ("Allow" or "Deny"))
            return $"Invalid effect: {statement.Effect}";
        if (
            (statement.Principal ?? statement.NotPrincipal) is not { Count: > 0 } principals
            || (statement.Principal is not null && statement.NotPrincipal is not null)
        )
            return "Missing required field Principal";
        if (statement.NotPrincipal is not null && statement.Effect == "Allow")
            return "Allow with NotPrincipal is not allowed.";
        if (statement.Action is not { Count: > 0 })
            return statement.NotAction is null
                ? "Missing required field Action"
                : "AssumeRole policy may only specify STS AssumeRole actions.";
        if (!statement.Action.TrueForAll(Actions.Contains))
            return "AssumeRole policy may only specify STS AssumeRole actions.";
        if (statement.Conditions.Find(static c => ConditionOperator.Parse(c.Operator) is null) is { } condition)
            return $"Invalid condition operator: {condition.Operator}";
        return principals.Find(static principal => !PrincipalRules.IsWellFormed(principal)) is { } invalid
            ? PrincipalRules.Invalid(invalid)
            : null;
    }
}
