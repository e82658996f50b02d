using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Iam.Identities;
using Daybreak.Cloud.Policy;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Iam;

/// <summary>Finds the ARNs by which policies name the resources of a request.</summary>
internal sealed class IamArns(IamState state)
{
    public static string New(OperationContext context, string kind, string? path, string name) =>
        $"arn:aws:iam::{context.AccountId}:{kind}{path ?? "/"}{name}";

    /// <param name="name">Null means the caller.</param>
    public string User(OperationContext context, string? name) =>
        name is null && context.Caller.Principal is Principal.User user ? user.Arn : state.Users.ArnOf(context, name);

    public string InstanceProfile(OperationContext context, string name) =>
        state.InstanceProfiles.Find(new ResourceKey(context.AccountId, "", name.ToLowerInvariant()))?.Arn
        ?? New(context, "instance-profile", null, name);

    /// <summary>Context keys of an operation on a role: its tags, its boundary, and the policy that is attached or detached.</summary>
    public IContextKeys RoleKeys(OperationContext context, string name, string? policyArn = null) =>
        KeysOf(state.Roles.Find(context.AccountId, name), policyArn);

    public IContextKeys UserKeys(OperationContext context, string? name, string? policyArn = null) =>
        KeysOf(name is null ? null : state.Users.Find(context.AccountId, name), policyArn);

    private static ContextKeys KeysOf(Identity? identity, string? policyArn)
    {
        var keys = policyArn is null ? [] : IamKeys.Policy(policyArn);
        if (identity is null)
            return keys;
        keys.AddResourceTags(identity.Tags);
        if (identity.PermissionsBoundary is { } boundary)
            keys.Add("iam:PermissionsBoundary", boundary);
        return keys;
    }
}
