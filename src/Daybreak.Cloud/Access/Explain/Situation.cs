using Daybreak.Cloud.Policy;

namespace Daybreak.Cloud.Access.Explain;

/// <summary>
/// The inputs for the decision about one request. It is immutable, so that a change can be tried before anybody makes it.
/// </summary>
/// <param name="ResourcePolicy">The resource's own policy; for a role its trust policy.</param>
/// <param name="TakesResourcePolicy">Whether the resource can have one.</param>
public sealed record Situation(RequestContext Request, PrincipalPolicies Policies, AttachedPolicy? ResourcePolicy, bool TakesResourcePolicy)
{
    public Decision Decide() => PolicyEvaluator.Decide(Request, Policies, ResourcePolicy);

    /// <summary>
    /// Returns the same situation with <paramref name="changed"/> in place of every policy equal to <paramref name="policy"/>; without the
    /// policy when null.
    /// </summary>
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
