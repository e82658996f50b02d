using System.Text.Json.Nodes;
using Daybreak.Cloud.Policy;

namespace Daybreak.Cloud.Access.Explain;

/// <summary>The smallest statement that allows one request.</summary>
internal static class GrantStatement
{
    /// <summary>For an identity policy, a boundary or a session policy.</summary>
    public static JsonObject Of(RequestContext request) =>
        new()
        {
            ["Effect"] = "Allow",
            ["Action"] = request.Action.Text,
            ["Resource"] = request.Resource,
        };

    /// <summary>For the trust policy of a role.</summary>
    public static JsonObject OfTrust(RequestContext request)
    {
        var statement = new JsonObject
        {
            ["Effect"] = "Allow",
            ["Principal"] = PrincipalOf(request.Principal),
            ["Action"] = request.Action.Text,
        };
        // Without these conditions, somebody could make a service use the role for another resource.
        var conditions = new JsonObject();
        if (request.TryGetKey("aws:SourceAccount", out var account))
            conditions["StringEquals"] = new JsonObject { ["aws:SourceAccount"] = account.ToString() };
        if (request.TryGetKey("aws:SourceArn", out var arn))
            conditions["ArnLike"] = new JsonObject { ["aws:SourceArn"] = arn.ToString() };
        if (conditions.Count > 0)
            statement["Condition"] = conditions;
        return statement;
    }

    /// <summary>For a resource's policy, with a statement id that <paramref name="policy"/> does not have yet.</summary>
    public static JsonObject OfResource(RequestContext request, PolicyDocument? policy)
    {
        var statement = new JsonObject
        {
            ["Sid"] = FreeName(
                $"allow-{request.Action.Text[(request.Action.Text.IndexOf(':', StringComparison.Ordinal) + 1)..]}",
                name => policy?.Statements.Any(old => old.Sid == name) == true
            ),
            ["Effect"] = "Allow",
            ["Principal"] = PrincipalOf(request.Principal),
            ["Action"] = request.Action.Text,
            ["Resource"] = request.Resource,
        };
        return statement;
    }

    public static string FreeName(string name, Predicate<string> taken)
    {
        var free = name;
        for (var number = 2; taken(free); number++)
            free = $"{name}-{number}";
        return free;
    }

    /// <summary>Returns the name for a policy; for a session, which is temporary, that of its role.</summary>
    public static string NameOf(Principal principal) =>
        principal switch
        {
            Principal.RoleSession session => session.RoleArn,
            Principal.Root root => root.AccountId,
            Principal.FederatedUser federated => federated.AccountId,
            _ => principal.Arn,
        };

    private static JsonObject PrincipalOf(Principal principal) =>
        new() { [principal is Principal.Service ? "Service" : "AWS"] = NameOf(principal) };
}
