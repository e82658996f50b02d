using System.Collections.Immutable;
using Daybreak.Aws;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Iam;
using Daybreak.Cloud.Policy;
using Daybreak.Explaining;

namespace Daybreak.Cloud.Access.Explain;

/// <summary>Decides a hypothetical request like a real one, and gives the reason.</summary>
public sealed class Explainer(
    PrincipalFinder principals,
    IamState state,
    ImmutableArray<AwsService> services,
    string defaultRegion,
    TimeProvider time
)
{
    /// <exception cref="AwsException">The principal does not exist, or the question is malformed.</exception>
    public DecisionExplanation Explain(Question question)
    {
        var (principal, policies, keys) = principals.Find(question.Principal);
        if (question.Resource != "*" && !Arn.TryParse(question.Resource, out _))
            throw AwsException.Sender(
                "ValidationError",
                $"{question.Resource} is not a resource: give an ARN, or * for an action that has none."
            );

        // If the operation is one of our services', its own name and rules apply.
        var service = services.FirstOrDefault(service =>
            question.Action.Text.StartsWith(service.Name + ":", StringComparison.OrdinalIgnoreCase)
        );
        var operation = service?.Operations.FirstOrDefault(operation =>
            question.Action.Text.Equals($"{service.Name}:{operation.Action}", StringComparison.OrdinalIgnoreCase)
        );
        var action = operation is null ? question.Action : new ServiceAction($"{service!.Name}:{operation.Action}");
        var request = RequestOf(question, principal, keys, action);
        var takesPolicy = operation?.HasResourcePolicy == true && service!.ResourcePolicyOf is not null;
        var situation = new Situation(request, policies, takesPolicy ? service!.ResourcePolicyOf!(question.Resource) : null, takesPolicy);

        if (operation?.IsOpen == true)
            return new DecisionExplanation(
                request,
                new Decision(Outcome.Allow, null, []),
                $"Everybody may call {action}: no policy is evaluated.",
                [],
                []
            );
        if (principal is Principal.Root && action.Text == "sts:AssumeRole")
            return Refused(request, "Roles may not be assumed by root accounts.", "Call as a user or as another role.");
        if (principal is Principal.RoleSession session && !state.Roles.List(session.AccountId).Any(role => role.Id == session.RoleId))
        {
            return Refused(
                request,
                DenialMessage.For(request, new Decision(Outcome.ImplicitDeny, PolicyKind.Identity, [])),
                $"The role {session.RoleArn} of this session was deleted: create it, its policies and its trust policy again, "
                    + "and start a new session."
            );
        }

        var decision = situation.Decide();
        return new DecisionExplanation(
            request,
            decision,
            ReasonOf(request, decision),
            [.. NotesOf(question, operation)],
            PolicyFix.Of(situation)
        );
    }

    /// <summary>Whether the role exists.</summary>
    public bool Exists(string roleArn) =>
        Arn.TryParse(roleArn, out var arn) && state.Roles.List(arn.AccountId).Any(role => role.Arn == roleArn);

    /// <summary>Returns the ARNs of the roles of an account.</summary>
    public IEnumerable<string> RolesOf(string accountId) => state.Roles.List(accountId).Select(static role => role.Arn);

    /// <summary>Returns the ARNs or names of a role's identity policies.</summary>
    public IEnumerable<string> PoliciesOf(string roleArn) => principals.Find(roleArn).Policies.Identity.Select(static policy => policy.Id);

    /// <summary>Builds the request of a question.</summary>
    /// <exception cref="AwsException">The principal does not exist.</exception>
    public RequestContext RequestOf(Question question)
    {
        var (principal, _, keys) = principals.Find(question.Principal);
        return RequestOf(question, principal, keys, question.Action);
    }

    private RequestContext RequestOf(Question question, Principal principal, IContextKeys keys, ServiceAction action)
    {
        var named = Arn.TryParse(question.Resource, out var arn);
        var account = named && arn!.AccountId.Length == 12 ? arn.AccountId : principal.Account ?? "";
        var region = named && arn!.Region.Length > 0 ? arn.Region : defaultRegion;
        return new RequestContext(
            principal,
            action,
            question.Resource,
            account,
            new JoinedKeys(question.Keys, keys, Circumstances(region), time)
        );
    }

    private static string ReasonOf(RequestContext request, Decision decision) =>
        decision switch
        {
            { IsAllowed: false } => DenialMessage.For(request, decision),
            { DecidedBy: null } => $"{request.Principal.Arn} is the root of its account and may do everything there.",
            { DecidedBy: { } kind } =>
                $"{request.Principal.Arn} may {request.Action} on {request.Resource}, because {DenialMessage.WithArticle(kind)} allows it.",
        };

    private static IEnumerable<string> NotesOf(Question question, AwsOperation? operation)
    {
        if (operation is null)
            yield return $"No operation here needs {question.Action}: the name may be misspelt.";
        else if (operation.IsRefused)
            yield return $"{operation.Name} is not implemented here.";
    }

    private static DecisionExplanation Refused(RequestContext request, string reason, string remedy) =>
        new(request, new Decision(Outcome.ImplicitDeny, PolicyKind.Identity, []), reason, [], [new FixStep(remedy, null, [])]);

    /// <summary>The context keys of a request from this machine.</summary>
    private static ContextKeys Circumstances(string region) =>
        new()
        {
            { "aws:RequestedRegion", region },
            { "aws:SourceIp", "127.0.0.1" },
            { "aws:SecureTransport", "false" },
            { "aws:ViaAWSService", "false" },
        };
}
