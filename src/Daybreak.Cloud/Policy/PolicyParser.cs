using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using Daybreak.Cloud.Policy.Conditions;
using Daybreak.Cloud.Policy.Matching;
using Daybreak.Cloud.Policy.Syntax;

namespace Daybreak.Cloud.Policy;

/// <summary>Parses the text of a policy to a <see cref="PolicyDocument"/>, or returns AWS's message for its defect.</summary>
public static class PolicyParser
{
    /// <param name="defect">The message of AWS's <c>MalformedPolicyDocument</c>.</param>
    public static bool TryParse(
        string text,
        PolicyDialect dialect,
        [NotNullWhen(true)] out PolicyDocument? document,
        [NotNullWhen(false)] out string? defect
    )
    {
        var isTrust = dialect == PolicyDialect.TrustPolicy;
        document = null;
        defect = isTrust ? TrustPolicyRules.InvalidJson : IdentityPolicyRules.SyntaxErrors;
        var utf8 = Encoding.UTF8.GetBytes(text);
        PolicySyntax syntax;
        try
        {
            syntax = PolicyJson.Read(utf8);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or PolicySyntaxException)
        {
            return false;
        }
        defect = isTrust ? TrustPolicyRules.Defect(syntax) : IdentityPolicyRules.Defect(syntax, dialect);
        if (defect is not null)
            return false;

        var variables = syntax.Version == "2012-10-17";
        var positions = new TextPositions(utf8);
        var statements = syntax
            .Statements!.Select(statement =>
                Compile(statement, variables, new TextSpan(positions.Of(statement.Start), positions.Of(statement.End)))
            )
            .ToImmutableArray();
        document = new PolicyDocument(text, syntax.Version, syntax.Id, statements);
        return true;
    }

    private static Statement Compile(StatementSyntax syntax, bool variables, TextSpan span) =>
        new(
            syntax.Sid,
            syntax.Effect == "Deny" ? Effect.Deny : Effect.Allow,
            (syntax.Principal ?? syntax.NotPrincipal) is { } principals
                ? new PrincipalSet([.. principals], syntax.NotPrincipal is not null)
                : null,
            new ActionSet((syntax.Action ?? syntax.NotAction)!, syntax.NotAction is not null),
            (syntax.Resource ?? syntax.NotResource) is { } resources
                ? new ResourceSet(resources, syntax.NotResource is not null, variables)
                : null,
            [
                .. syntax.Conditions.Select(condition =>
                    ConditionOperator.Parse(condition.Operator)!.Compile(condition.Key, condition.Values, variables)
                ),
            ],
            span
        );
}
