using Daybreak.Aws;
using Daybreak.Cloud.Policy;

namespace Daybreak.Cloud.Iam.Identities;

/// <summary>The unique ids of users and roles, and of a role's sessions, by ARN.</summary>
public sealed class PrincipalIds(IamState state) : IPrincipalIds
{
    public string? IdOf(string arn)
    {
        if (!Arn.TryParse(arn, out var parsed))
            return null;
        var parts = parsed.Resource.Split('/');
        return parts[0] switch
        {
            "user" => Named(state.Users.Find(parsed.AccountId, parts[^1])),
            "role" => Named(state.Roles.Find(parsed.AccountId, parts[^1])),
            "assumed-role" when parts.Length == 3 && state.Roles.Find(parsed.AccountId, parts[1]) is { } role && role.Name == parts[1] =>
                $"{role.Id}:{parts[2]}",
            _ => null,
        };
        string? Named(Identity? identity) => identity?.Arn == arn ? identity.Id : null;
    }
}
