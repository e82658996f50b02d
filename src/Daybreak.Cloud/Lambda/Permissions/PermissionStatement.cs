using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Daybreak.Cloud.Lambda.Layers;
using Daybreak.Cloud.Policy;

namespace Daybreak.Cloud.Lambda.Permissions;

/// <summary>Makes the statement of a policy from the parameters of AddPermission or AddLayerVersionPermission.</summary>
internal static class PermissionStatement
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <exception cref="Aws.AwsException">A policy cannot name the principal, or the user or role does not exist.</exception>
    public static FunctionStatement Of(AddPermissionRequest request, string functionArn, IPrincipalIds principals) =>
        Of(request.StatementId, request.Principal, request.Action, functionArn, ConditionsOf(request), principals);

    /// <inheritdoc cref="Of(AddPermissionRequest, string, IPrincipalIds)"/>
    public static FunctionStatement Of(AddLayerVersionPermissionRequest request, string layerVersionArn, IPrincipalIds principals)
    {
        var conditions = new JsonObject();
        if (request.OrganizationId is { } organization)
            conditions["StringEquals"] = new JsonObject { ["aws:PrincipalOrgID"] = organization };
        return Of(request.StatementId, request.Principal, request.Action, layerVersionArn, conditions, principals);
    }

    private static FunctionStatement Of(
        string sid,
        string principal,
        string action,
        string resource,
        JsonObject conditions,
        IPrincipalIds principals
    )
    {
        var statement = new JsonObject
        {
            ["Sid"] = sid,
            ["Effect"] = "Allow",
            ["Principal"] = PrincipalOf(principal),
            ["Action"] = action,
            ["Resource"] = resource,
        };
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
        return new FunctionStatement(sid, json, arn, id);
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
        if (request.InvokedViaFunctionUrl is { } viaUrl)
            conditions["Bool"] = new JsonObject { ["lambda:InvokedViaFunctionUrl"] = viaUrl ? "true" : "false" };
        if (request.SourceArn is { } arn)
            conditions["ArnLike"] = new JsonObject { ["AWS:SourceArn"] = arn };
        return conditions;
    }
}
