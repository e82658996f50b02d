using Daybreak.Cloud.Policy;

namespace Daybreak.Cloud.Access.Explain;

/// <summary>The user, role or group that a policy is attached to, in the terms of the aws CLI.</summary>
/// <param name="Kind"><c>user</c>, <c>role</c> or <c>group</c>.</param>
internal sealed record PolicyHolder(string Kind, string Name, string AccountId)
{
    public (string, string?) Option => ($"{Kind}-name", Name);

    public static PolicyHolder? Of(string? arn)
    {
        if (!Daybreak.Aws.Arn.TryParse(arn ?? "", out var parsed) || parsed.Service != "iam")
            return null;
        var parts = parsed.Resource.Split('/');
        return parts.Length > 1 && parts[0] is "user" or "role" or "group" ? new PolicyHolder(parts[0], parts[^1], parsed.AccountId) : null;
    }

    /// <summary>Returns null for principals without policies of their own.</summary>
    public static PolicyHolder? Of(Principal principal) =>
        principal switch
        {
            Principal.RoleSession session => Of(session.RoleArn),
            Principal.User user => Of(user.UserArn),
            _ => null,
        };

    public override string ToString() => $"{Kind} {Name}";
}
