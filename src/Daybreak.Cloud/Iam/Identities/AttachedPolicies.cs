using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Iam.Managed;

namespace Daybreak.Cloud.Iam.Identities;

/// <summary>Managed policies attached to users, groups or roles.</summary>
public sealed class AttachedPolicies<T>(IamState state, IdentityTable<T> table)
    where T : Identity
{
    /// <summary>Attaching a policy twice changes nothing.</summary>
    public async ValueTask<NoMembers> AttachAsync(OperationContext context, string name, string policyArn)
    {
        ManagedPolicies.CheckArn(policyArn);
        var identity = table.Get(context, name);
        if (
            state.Policies.Find(context.AccountId, policyArn) is not { } policy
            || policy.Path.StartsWith("/aws-service-role/", StringComparison.Ordinal)
        )
            throw IamErrors.NotAttachable(policyArn);
        if (identity.AttachedPolicies.Contains(policyArn))
            return NoMembers.Instance;
        if (identity.AttachedPolicies.Length >= IdentityKind.AttachedLimit)
            throw IamErrors.QuotaExceeded($"PoliciesPer{table.Kind.Title}", IdentityKind.AttachedLimit);
        await table.PutAsync((T)(identity with { AttachedPolicies = identity.AttachedPolicies.Add(policyArn) }));
        return NoMembers.Instance;
    }

    public async ValueTask<NoMembers> DetachAsync(OperationContext context, string name, string policyArn)
    {
        ManagedPolicies.CheckArn(policyArn);
        var identity = table.Get(context, name);
        if (!identity.AttachedPolicies.Contains(policyArn))
            throw IamErrors.NoSuchPolicy(policyArn);
        await table.PutAsync((T)(identity with { AttachedPolicies = identity.AttachedPolicies.Remove(policyArn) }));
        return NoMembers.Instance;
    }

    public ListAttachedPoliciesResponse List(OperationContext context, string name, string? pathPrefix, PagedRequest paging)
    {
        var policies = state
            .PoliciesOf(table.Get(context, name))
            .Where(policy => policy.Path.StartsWith(pathPrefix ?? "/", StringComparison.Ordinal))
            .Select(AttachedPolicyDescription.Of);
        var page = Page.Of(policies, static policy => policy.PolicyArn, paging.Marker, paging.MaxItems);
        return new ListAttachedPoliciesResponse
        {
            AttachedPolicies = page.Items,
            IsTruncated = page.IsTruncated,
            Marker = page.Marker,
        };
    }
}

public sealed record AttachedPolicyDescription
{
    public required string PolicyName { get; init; }

    public required string PolicyArn { get; init; }

    internal static AttachedPolicyDescription Of(ManagedPolicy policy) => new() { PolicyName = policy.Name, PolicyArn = policy.Arn };
}

public sealed record ListAttachedPoliciesResponse : PagedResponse
{
    public required IReadOnlyList<AttachedPolicyDescription> AttachedPolicies { get; init; }
}
