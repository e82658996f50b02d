using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Daybreak.Cloud.Policy;

namespace Daybreak.Cloud.Lambda.Permissions;

/// <summary>Makes the statement of a policy from the parameters of AddPermission.</summary>
internal static class PermissionStatement
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <exception cref="Aws.AwsException">A policy cannot name the principal, or the user or role does not exist.</exception>
    public static FunctionStatement Of(AddPermissionRequest request, string functionArn, IPrincipalIds principals)
    {
        var statement = new JsonObject
        {
            ["Sid"] = request.StatementId,
            ["Effect"] = "Allow",
            ["Principal"] = PrincipalOf(request.Principal),
            ["Action"] = request.Action,
            ["Resource"] = functionArn,
        };
        var conditions = ConditionsOf(request);
        if (conditions.Count > 0)
            statement["Condition"] = conditions;
        var json = statement.ToJsonString(Plain);
        // The principal is the only member that the model does not restrict; a statement that cannot be parsed cannot be enforced.
        if (
            !PolicyParser.TryParse(
                $$"""{"Version":"2012-10-17","Statement":[{{json}}]}""",
                PolicyDialect.ResourcePolicy,
                out var policy,
                out _
            ) || NamedPrincipals.IdsOf(policy, principals, out _) is not { } ids
        )
            throw LambdaErrors.InvalidPrincipal();
        var (arn, id) = ids.SingleOrDefault();
        return new FunctionStatement(request.StatementId, json, arn, id);
    }

    private static JsonNode PrincipalOf(string principal) =>
        principal == "*" ? JsonValue.Create("*")
        : principal.StartsWith("arn:", StringComparison.Ordinal) ? new JsonObject { ["AWS"] = principal }
        : principal.Length == 12 && principal.All(char.IsAsciiDigit) ? new JsonObject { ["AWS"] = $"arn:aws:iam::{principal}:root" }
        : new JsonObject { ["Service"] = principal };

    private static JsonObject ConditionsOf(AddPermissionRequest request)
    {
        var equals = new JsonObject();
        if (request.SourceAccount is { } account)
            equals["AWS:SourceAccount"] = account;
        if (request.PrincipalOrgID is { } organization)
            equals["aws:PrincipalOrgID"] = organization;
        if (request.FunctionUrlAuthType is { } type)
            equals["lambda:FunctionUrlAuthType"] = type;
        if (request.EventSourceToken is { } token)
            equals["lambda:EventSourceToken"] = token;
        var conditions = new JsonObject();
        if (equals.Count > 0)
            conditions["StringEquals"] = equals;
        if (request.SourceArn is { } arn)
            conditions["ArnLike"] = new JsonObject { ["AWS:SourceArn"] = arn };
        return conditions;
    }
}
