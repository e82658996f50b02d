using Daybreak.Cloud.Policy.Conditions;

namespace Daybreak.Cloud.Policy.Syntax;

/// <summary>
/// AWS's requirements for a policy that names actions and resources, in the order in which AWS checks them: of several defects, the first
/// in this order is reported, wherever it is in the text.
/// </summary>
internal static class IdentityPolicyRules
{
    public const string SyntaxErrors = "Syntax errors in policy.";
    private const string LegacyParsing = "The policy failed legacy parsing";

    /// <summary>Returns the message for the first defect; null when there is none.</summary>
    public static string? Defect(PolicySyntax policy, PolicyDialect dialect)
    {
        if (
            policy.Statements is not { Count: > 0 } statements
            || policy.UnknownElement is not null
            || policy.Version is not (null or "2012-10-17" or "2008-10-17")
            || statements.Exists(BreaksGrammar)
        )
            return SyntaxErrors;

        var namesPrincipals = dialect == PolicyDialect.ResourcePolicy;
        if (!namesPrincipals && statements.Exists(static s => s.Principal is not null || s.NotPrincipal is not null))
            return "Policy document should not specify a principal.";
        if (
            namesPrincipals
            && statements
                .SelectMany(static s => s.Principal ?? s.NotPrincipal ?? [])
                .FirstOrDefault(static p => !PrincipalRules.IsWellFormed(p))
                is { } invalid
        )
            return PrincipalRules.Invalid(invalid);
        if (namesPrincipals && statements.Exists(static s => (s.Principal ?? s.NotPrincipal) is not { Count: > 0 }))
            return "Missing required field Principal";
        if (dialect == PolicyDialect.ManagedPolicy && policy.Version != "2012-10-17")
            return "Policy document must be version 2012-10-17 or greater.";
        if (!namesPrincipals && statements.Exists(static s => s.Sid is not null && !s.Sid.All(char.IsAsciiLetterOrDigit)))
            return "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*";

        if (statements.Exists(FailsLegacyParsing))
            return LegacyParsing;
        var resource = statements
            .Select(static s => ResourceRules.Defect(s.Resource ?? s.NotResource ?? []))
            .FirstOrDefault(static d => d is not null);
        // Defects of form outrank legacy parsing of the same resource, but legacy parsing of any other resource is reported first.
        if (resource is null && statements.Exists(static s => (s.Resource ?? s.NotResource ?? []).Exists(ResourceRules.FailsLegacyParsing)))
            return LegacyParsing;

        if (!HasUniqueSids(statements))
            return "Statement IDs (SID) in a single policy must be unique.";
        if (statements.Exists(static s => (s.Action ?? s.NotAction) is not { Count: > 0 }))
            return "Policy statement must contain actions.";
        if (statements.Exists(static s => (s.Resource ?? s.NotResource) is not { Count: > 0 }))
            return "Policy statement must contain resources.";
        return resource
            ?? statements
                .SelectMany(static s => s.Action ?? s.NotAction ?? [])
                .Select(ActionDefect)
                .FirstOrDefault(static d => d is not null);
    }

    public static bool HasUniqueSids(List<StatementSyntax> statements)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return statements.TrueForAll(s => string.IsNullOrEmpty(s.Sid) || seen.Add(s.Sid));
    }

    private static bool BreaksGrammar(StatementSyntax statement) =>
        statement.UnknownElement is not null
        || !(
            "Allow".Equals(statement.Effect, StringComparison.OrdinalIgnoreCase)
            || "Deny".Equals(statement.Effect, StringComparison.OrdinalIgnoreCase)
        )
        || (statement.Action is not null && statement.NotAction is not null)
        || (statement.Resource is not null && statement.NotResource is not null)
        || (statement.Principal is not null && statement.NotPrincipal is not null)
        || statement.Conditions.Exists(static condition => ConditionOperator.Parse(condition.Operator) is null);

    private static bool FailsLegacyParsing(StatementSyntax statement) =>
        statement.Effect is not ("Allow" or "Deny")
        || statement.Conditions.Exists(static condition =>
            ConditionOperator.Parse(condition.Operator)!.IsDate
            && !condition.Values.TrueForAll(static value => DateCondition.TryParse(value, out _))
        );

    private static string? ActionDefect(string action)
    {
        if (action == "*")
            return null;
        var colon = action.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
            return "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.";
        if (action.IndexOf(':', colon + 1) >= 0)
            return "Actions/Condition can contain only one colon.";
        var vendor = action[..colon];
        return vendor == "*" || vendor.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.')
            ? null
            : $"Vendor {vendor} is not valid";
    }
}
