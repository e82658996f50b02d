using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Iam.Managed;

namespace Daybreak.Cloud.Iam.Identities;

/// <summary>Permissions boundaries of users or roles.</summary>
public sealed class PermissionsBoundaries<T>(IamState state, IdentityTable<T> table)
    where T : Identity
{
    public async ValueTask<NoMembers> PutAsync(OperationContext context, string name, string policyArn)
    {
        var identity = table.Get(context, name);
        await table.PutAsync((T)(identity with { PermissionsBoundary = Check(state, context, policyArn) }));
        return NoMembers.Instance;
    }

    public async ValueTask<NoMembers> DeleteAsync(OperationContext context, string name)
    {
        var identity = table.Get(context, name);
        if (identity.PermissionsBoundary is null)
            throw IamErrors.NoSuchEntity($"The {table.Kind.Resource} with name {identity.Name} has no permissions boundary.");
        await table.PutAsync((T)(identity with { PermissionsBoundary = null }));
        return NoMembers.Instance;
    }

    /// <exception cref="Aws.AwsException">ValidationError or NoSuchEntity</exception>
    internal static string? Check(IamState state, OperationContext context, string? policyArn)
    {
        if (policyArn is null)
            return null;
        ManagedPolicies.CheckArn(policyArn);
        return state.Policies.Find(context.AccountId, policyArn) is null
            ? throw IamErrors.NoSuchEntity($"Scope ARN: {policyArn} does not exist or is not attachable.")
            : policyArn;
    }
}

public sealed record AttachedPermissionsBoundary
{
    public string PermissionsBoundaryType { get; init; } = "Policy";

    public required string PermissionsBoundaryArn { get; init; }

    internal static AttachedPermissionsBoundary? Of(string? arn) =>
        arn is null ? null : new AttachedPermissionsBoundary { PermissionsBoundaryArn = arn };
}
