using Daybreak.Cloud.Policy.Matching;

namespace Daybreak.Cloud.Policy;

/// <summary>Decides requests. Pure: the same request and policies always give the same decision.</summary>
/// <remarks>https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html</remarks>
public static class PolicyEvaluator
{
    /// <param name="resourcePolicy">
    /// The resource's own policy, if it has one; for <c>sts:AssumeRole</c> the role's trust policy
    /// (<see cref="PolicyKind.RoleTrust"/>), without which nobody assumes a role, and for a KMS key the key's
    /// (<see cref="PolicyKind.Key"/>), without which nobody uses it.
    /// </param>
    public static Decision Decide(RequestContext request, PrincipalPolicies policies, AttachedPolicy? resourcePolicy = null)
    {
        var matches = new MatchedStatements();

        // (1) All policies are read completely, because a Deny anywhere overrides any Allow.
        foreach (var policy in policies.Identity)
            matches.Collect(policy, request);
        if (policies.Boundary is { } boundary)
            matches.Collect(boundary, request);
        foreach (var policy in policies.Session)
            matches.Collect(policy, request);
        if (resourcePolicy is not null)
            matches.Collect(resourcePolicy, request);
        if (matches.Denied is { } denier)
            return new Decision(Outcome.ExplicitDeny, denier, matches.Denies());

        // (2) For a caller without an account, only the resource's policy applies.
        var resourceKind = resourcePolicy?.Kind ?? PolicyKind.Resource;
        if (request.Principal.Account is null)
            return matches.ResourceGrant == PrincipalMatch.Direct ? matches.Allow(resourceKind) : Missing(resourceKind);

        var sameAccount = request.Principal.Account == request.ResourceAccount;
        var isRoot = request.Principal is Principal.Root;

        // (3) A resource's policy that names the caller itself is sufficient within an account.
        if (sameAccount && matches.ResourceGrant == PrincipalMatch.Direct)
            return matches.Allow(resourceKind);

        // If a role does not trust the caller, or the policy of a key names neither the caller nor the account, that is the reason to
        // report, whatever the caller's own policies say.
        if (resourceKind is PolicyKind.RoleTrust or PolicyKind.Key && matches.ResourceGrant == PrincipalMatch.None)
            return Missing(resourceKind);

        // (4) The caller's own policies, unless the resource's policy names the caller's role.
        var named = sameAccount && matches.ResourceGrant == PrincipalMatch.Role;
        if (!isRoot && !named && !matches.Allowed(PolicyKind.Identity))
            return Missing(PolicyKind.Identity);
        if (!sameAccount && matches.ResourceGrant == PrincipalMatch.None)
            return Missing(resourceKind);

        // (5) Policies that limit the caller: they never grant, and all must allow.
        if (policies.Boundary is not null && !matches.Allowed(PolicyKind.PermissionsBoundary))
            return Missing(PolicyKind.PermissionsBoundary);
        if (!policies.Session.IsEmpty && !matches.Allowed(PolicyKind.Session))
            return Missing(PolicyKind.Session);

        return isRoot ? new Decision(Outcome.Allow, null, []) : matches.Allow(named ? resourceKind : PolicyKind.Identity);
    }

    /// <summary>Decides a request that comes through a VPC endpoint: the endpoint's policy must also allow it.</summary>
    /// <param name="decided">The decision of all other policies.</param>
    public static Decision DecideAtEndpoint(RequestContext request, AttachedPolicy endpointPolicy, Decision decided)
    {
        if (decided.Outcome == Outcome.ExplicitDeny)
            return decided;
        var matches = new MatchedStatements();
        matches.Collect(endpointPolicy, request);
        return matches.Denied is { } denier ? new Decision(Outcome.ExplicitDeny, denier, matches.Denies())
            : matches.Allowed(PolicyKind.VpcEndpoint) ? decided
            : Missing(PolicyKind.VpcEndpoint);
    }

    private static Decision Missing(PolicyKind kind) => new(Outcome.ImplicitDeny, kind, []);
}
