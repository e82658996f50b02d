using Daybreak.Cloud.Policy;
using Daybreak.Explaining;

namespace Daybreak.Cloud.Access.Explain;

/// <summary>What to add when no policy of a kind allows the request.</summary>
internal static class AbsenceFix
{
    public static (FixStep Step, Situation? Changed) Of(Situation situation, PolicyKind kind) =>
        kind switch
        {
            PolicyKind.Identity => AddIdentityPolicy(situation),
            PolicyKind.PermissionsBoundary => WidenBoundary(situation),
            PolicyKind.Session => WidenSessionPolicy(situation),
            PolicyKind.RoleTrust => AddTrust(situation),
            _ => AddResourceStatement(situation),
        };

    private static (FixStep, Situation?) AddIdentityPolicy(Situation situation)
    {
        var request = situation.Request;
        var text = DocumentText.With(null, GrantStatement.Of(request));
        var holder = PolicyHolder.Of(request.Principal);
        var owner = holder is null ? null : (request.Principal as Principal.RoleSession)?.RoleArn ?? request.Principal.Arn;
        var name = GrantStatement.FreeName(
            $"Allow{char.ToUpperInvariant(request.Action.Text[Operation(request)])}{request.Action.Text[(Operation(request) + 1)..]}",
            taken => situation.Policies.Identity.Any(policy => policy.Owner == owner && policy.Id == taken)
        );
        var added = new AttachedPolicy(PolicyKind.Identity, name, Parsed(text, PolicyDialect.InlinePolicy)) { Owner = owner };
        var changed = situation with { Policies = situation.Policies with { Identity = situation.Policies.Identity.Add(added) } };
        return holder is null
            ? (new FixStep("Give the user who started the federated session a policy that allows it.", text, []), changed)
            : (
                new FixStep(
                    $"Give the {holder} a policy that allows it.",
                    text,
                    [AwsCommand.Of($"iam put-{holder.Kind}-policy", holder.Option, ("policy-name", name), ("policy-document", text))]
                ),
                changed
            );
    }

    private static (FixStep, Situation?) WidenBoundary(Situation situation)
    {
        var boundary = situation.Policies.Boundary!;
        var text = DocumentText.With(boundary.Document, GrantStatement.Of(situation.Request));
        return (
            Boundaries.Replace(situation, boundary, text, "allow it, too"),
            situation.With(boundary, boundary with { Document = Parsed(text, PolicyDialect.InlinePolicy) })
        );
    }

    private static (FixStep, Situation?) WidenSessionPolicy(Situation situation)
    {
        var policy = situation.Policies.Session[0];
        var text = DocumentText.With(policy.Document, GrantStatement.Of(situation.Request));
        return (
            new FixStep("The session was started with a session policy that leaves it out: start one without, or with this one.", text, []),
            situation.With(policy, policy with { Document = Parsed(text, PolicyDialect.InlinePolicy) })
        );
    }

    private static (FixStep, Situation?) AddTrust(Situation situation)
    {
        var trust = situation.ResourcePolicy!;
        var text = DocumentText.With(trust.Document, GrantStatement.OfTrust(situation.Request));
        var changed = situation.With(trust, trust with { Document = Parsed(text, PolicyDialect.TrustPolicy) });
        var role = PolicyHolder.Of(trust.Id)!;
        return trust.Document.Statements.IsEmpty
            ? (
                new FixStep(
                    $"There is no role {trust.Id}: create it with a trust policy that lets "
                        + $"{GrantStatement.NameOf(situation.Request.Principal)} assume it.",
                    text,
                    [AwsCommand.Of("iam create-role", role.Option, ("assume-role-policy-document", text))]
                ),
                changed
            )
            : (
                new FixStep(
                    $"Let the trust policy of the {role} name {GrantStatement.NameOf(situation.Request.Principal)}.",
                    text,
                    [AwsCommand.Of("iam update-assume-role-policy", role.Option, ("policy-document", text))]
                ),
                changed
            );
    }

    private static (FixStep, Situation?) AddResourceStatement(Situation situation)
    {
        var request = situation.Request;
        if (!situation.TakesResourcePolicy)
        {
            return (
                new FixStep(
                    $"No policy can allow it: {request.Resource} belongs to account {request.ResourceAccount} and takes no policy "
                        + "of its own. "
                        + "Assume a role of that account instead.",
                    null,
                    []
                ),
                null
            );
        }
        var policy = situation.ResourcePolicy ?? new AttachedPolicy(PolicyKind.Resource, request.Resource, PolicyDocument.Empty);
        var statement = GrantStatement.OfResource(request, policy.Document);
        var text = DocumentText.With(policy.Document, statement);
        var changed = policy with { Document = Parsed(text, PolicyDialect.ResourcePolicy) };
        return (
            new FixStep(
                $"As account {request.ResourceAccount}: let the policy of {request.Resource} name "
                    + $"{GrantStatement.NameOf(request.Principal)}.",
                text,
                [FunctionCommands.AddPermission(request, (string)statement["Sid"]!)]
            ),
            situation with
            {
                ResourcePolicy = changed,
            }
        );
    }

    private static int Operation(RequestContext request) => request.Action.Text.IndexOf(':', StringComparison.Ordinal) + 1;

    private static PolicyDocument Parsed(string text, PolicyDialect dialect) =>
        PolicyParser.TryParse(text, dialect, out var document, out var defect)
            ? document
            : throw new InvalidOperationException($"A policy made here does not parse: {defect}");
}
