using Daybreak.Cloud.Policy;

namespace Daybreak.Cloud.Access.Explain;

/// <summary>All that decides about one request. Immutable, so that a change can be tried before anybody makes it.</summary>
/// <param name="ResourcePolicy">The resource's own policy; of a role its trust policy.</param>
/// <param name="TakesResourcePolicy">Whether the resource could have one.</param>
public sealed record Situation(RequestContext Request, PrincipalPolicies Policies, AttachedPolicy? ResourcePolicy, bool TakesResourcePolicy)
{
    public Decision Decide() => PolicyEvaluator.Decide(Request, Policies, ResourcePolicy);

    /// <summary>The same with <paramref name="changed"/> in place of every policy that is <paramref name="policy"/>; without it when
    /// null.</summary>
    public Situation With(AttachedPolicy policy, AttachedPolicy? changed)
    {
        AttachedPolicy? Change(AttachedPolicy? one) =>
            one is not null && one.Kind == policy.Kind && one.Id == policy.Id && one.Owner == policy.Owner ? changed : one;
        return this with
        {
            Policies = new PrincipalPolicies(
                [.. Policies.Identity.Select(Change).OfType<AttachedPolicy>()],
                Change(Policies.Boundary),
                [.. Policies.Session.Select(Change).OfType<AttachedPolicy>()]
            ),
            ResourcePolicy = Change(ResourcePolicy),
        };
    }
}
