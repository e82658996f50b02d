using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Policy;

namespace Daybreak.Cloud.Iam.Identities;

/// <summary>Policies that are part of a user, group or role.</summary>
public sealed class InlinePolicies<T>(IdentityTable<T> table)
    where T : Identity
{
    public async ValueTask<NoMembers> PutAsync(OperationContext context, string name, string policyName, string document)
    {
        var identity = table.Get(context, name);
        CompiledPolicies.Check(document, PolicyDialect.InlinePolicy);
        var changed = identity.InlinePolicies.SetItem(policyName, document);
        if (changed.Values.Sum(static text => PolicySize.Of(text)) > table.Kind.InlineLimit)
            throw IamErrors.LimitExceeded(
                $"Maximum policy size of {table.Kind.InlineLimit} bytes exceeded for {table.Kind.Resource} {identity.Name}"
            );
        await table.PutAsync((T)(identity with { InlinePolicies = changed }));
        return NoMembers.Instance;
    }

    /// <summary>The document, percent-encoded.</summary>
    public string Get(OperationContext context, string name, string policyName) =>
        table.Get(context, name).InlinePolicies.TryGetValue(policyName, out var document)
            ? PolicyText.Encode(document)
            : throw IamErrors.NoSuchInlinePolicy(table.Kind, policyName);

    public async ValueTask<NoMembers> DeleteAsync(OperationContext context, string name, string policyName)
    {
        var identity = table.Get(context, name);
        if (!identity.InlinePolicies.ContainsKey(policyName))
            throw IamErrors.NoSuchInlinePolicy(table.Kind, policyName);
        await table.PutAsync((T)(identity with { InlinePolicies = identity.InlinePolicies.Remove(policyName) }));
        return NoMembers.Instance;
    }

    public ListInlinePoliciesResponse List(OperationContext context, string name, PagedRequest paging)
    {
        var page = Page.Of(table.Get(context, name).InlinePolicies.Keys, static key => key, paging.Marker, paging.MaxItems);
        return new ListInlinePoliciesResponse
        {
            PolicyNames = page.Items,
            IsTruncated = page.IsTruncated,
            Marker = page.Marker,
        };
    }
}

public sealed record ListInlinePoliciesResponse : PagedResponse
{
    public required IReadOnlyList<string> PolicyNames { get; init; }
}
