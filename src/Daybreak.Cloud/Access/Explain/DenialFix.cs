using Daybreak.Cloud.Policy;
using Daybreak.Explaining;

namespace Daybreak.Cloud.Access.Explain;

/// <summary>How to remove a statement that denies: nothing that is added could override it.</summary>
internal static class DenialFix
{
    public static (FixStep Step, Situation? Changed) Of(Situation situation, DecidingStatement denying)
    {
        var policy = denying.Policy;
        var left = DocumentText.Without(policy.Document, denying.Index);
        var which = Which(denying);
        return policy.Kind switch
        {
            PolicyKind.PermissionsBoundary => OfBoundary(situation, policy, left, which),
            PolicyKind.Session => (
                new FixStep($"{which} denies it: start a session without that statement.", left, []),
                situation.With(policy, Changed(policy, left, PolicyDialect.InlinePolicy))
            ),
            PolicyKind.RoleTrust => OfTrust(situation, policy, left, which),
            PolicyKind.Resource => (
                new FixStep(
                    $"As account {situation.Request.ResourceAccount}: remove the statement that denies it, {which}.",
                    left,
                    denying.Statement.Sid is { } sid ? [FunctionCommands.RemovePermission(policy.Id, sid)] : []
                ),
                situation.With(policy, Changed(policy, left, PolicyDialect.ResourcePolicy))
            ),
            PolicyKind.Key => (
                new FixStep($"Remove the statement that denies it, {which}.", left, []),
                situation.With(policy, Changed(policy, left, PolicyDialect.ResourcePolicy))
            ),
            _ => OfIdentity(situation, policy, left, which),
        };
    }

    private static (FixStep, Situation?) OfIdentity(Situation situation, AttachedPolicy policy, string? left, string which)
    {
        var holder = PolicyHolder.Of(policy.Owner);
        if (ManagedCommands.IsManaged(policy.Id) && left is not null && !ManagedCommands.IsAwsManaged(policy.Id))
        {
            // A new version changes the policy for all its holders, and also where the caller has it twice.
            var changed = situation;
            foreach (var same in situation.Policies.Identity.Where(other => other.Id == policy.Id))
                changed = changed.With(same, Changed(same, left, PolicyDialect.InlinePolicy));
            return (
                new FixStep($"Remove the statement that denies it, {which}.", left, [ManagedCommands.NewVersion(policy.Id, left)]),
                changed
            );
        }
        if (holder is null)
            return (new FixStep($"Remove the statement that denies it, {which}.", left, []), null);
        if (ManagedCommands.IsManaged(policy.Id))
        {
            return (
                new FixStep(
                    $"Detach {policy.Id} from the {holder}: it denies it.",
                    null,
                    [AwsCommand.Of($"iam detach-{holder.Kind}-policy", holder.Option, ("policy-arn", policy.Id))]
                ),
                situation.With(policy, null)
            );
        }
        return (
            new FixStep(
                $"Remove the statement that denies it, {which} of the {holder}.",
                left,
                [
                    left is null
                        ? AwsCommand.Of($"iam delete-{holder.Kind}-policy", holder.Option, ("policy-name", policy.Id))
                        : AwsCommand.Of(
                            $"iam put-{holder.Kind}-policy",
                            holder.Option,
                            ("policy-name", policy.Id),
                            ("policy-document", left)
                        ),
                ]
            ),
            situation.With(policy, Changed(policy, left, PolicyDialect.InlinePolicy))
        );
    }

    private static (FixStep, Situation?) OfBoundary(Situation situation, AttachedPolicy boundary, string? left, string which)
    {
        // A policy cannot be empty: one that only denied now allows this one request.
        var text = left ?? DocumentText.With(null, GrantStatement.Of(situation.Request));
        return (
            Boundaries.Replace(situation, boundary, text, $"no longer deny it: {which}"),
            situation.With(boundary, Changed(boundary, text, PolicyDialect.InlinePolicy))
        );
    }

    private static (FixStep, Situation?) OfTrust(Situation situation, AttachedPolicy trust, string? left, string which)
    {
        var text = left ?? DocumentText.With(null, GrantStatement.OfTrust(situation.Request));
        var role = PolicyHolder.Of(trust.Id)!;
        return (
            new FixStep(
                $"Remove the statement that denies it from the trust policy of the {role}, {which}.",
                text,
                [AwsCommand.Of("iam update-assume-role-policy", role.Option, ("policy-document", text))]
            ),
            situation.With(trust, Changed(trust, text, PolicyDialect.TrustPolicy))
        );
    }

    private static AttachedPolicy? Changed(AttachedPolicy policy, string? text, PolicyDialect dialect) =>
        text is null ? null
        : PolicyParser.TryParse(text, dialect, out var document, out var defect) ? policy with { Document = document }
        : throw new InvalidOperationException($"A policy made here does not parse: {defect}");

    private static string Which(DecidingStatement denying) =>
        (denying.Statement.Sid is { Length: > 0 } sid ? $"statement {sid}" : $"statement {denying.Index + 1}") + $" of {denying.Policy.Id}";
}
