using Daybreak.Aws;
using Daybreak.Cloud.Iam;
using Daybreak.Cloud.Iam.Identities;
using Daybreak.Cloud.Iam.Roles;
using Daybreak.Cloud.Iam.Users;
using Daybreak.Cloud.Policy;
using Daybreak.Cloud.Sts;

namespace Daybreak.Cloud.Access.Explain;

/// <summary>Finds the principal of an ARN, in the forms in which AWS's messages name callers.</summary>
public sealed class PrincipalFinder(IamState state, SessionTable sessions, PrincipalPolicyReader reader, CallerSnapshots callers)
{
    // A role only acts in a session, so this one is assumed.
    private const string AnySession = "explain";

    /// <exception cref="AwsException">The principal does not exist, or the text names none.</exception>
    public (Principal Principal, PrincipalPolicies Policies, IContextKeys Keys) Find(string text)
    {
        if (text.EndsWith(".amazonaws.com", StringComparison.Ordinal) && !text.Contains(':', StringComparison.Ordinal))
            return (new Principal.Service(text), PrincipalPolicies.None, ContextKeys.None);
        if (!Arn.TryParse(text, out var arn) || arn.AccountId.Length != 12)
            throw AwsException.Sender(
                "ValidationError",
                $"{text} is not a principal: give the ARN of a user, a role, a session or a root, or a service such as rds.amazonaws.com."
            );
        var parts = arn.Resource.Split('/');
        return (arn.Service, parts[0]) switch
        {
            ("iam", "root") => (new Principal.Root(arn.AccountId), PrincipalPolicies.None, ContextKeys.None),
            ("iam", "user") => Of(state.Users.Find(arn.AccountId, parts[^1]) is { } user && user.Arn == text ? user : throw NotFound(text)),
            ("iam", "role") => Of(
                state.Roles.Find(arn.AccountId, parts[^1]) is { } role && role.Arn == text ? role : throw NotFound(text),
                AnySession
            ),
            ("sts", "assumed-role") when parts.Length == 3 => Session(text)
                ?? Of(state.Roles.Find(arn.AccountId, parts[1]) ?? throw NotFound(text), parts[2]),
            ("sts", "federated-user") => Session(text) ?? throw NotFound(text),
            _ => throw AwsException.Sender("ValidationError", $"{text} is not the ARN of a user, a role, a session or a root."),
        };
    }

    private (Principal, PrincipalPolicies, IContextKeys)? Session(string arn) =>
        sessions.Newest(arn) is { } session && callers.Of(session.AccessKeyId) is { } snapshot
            ? (snapshot.Key.Caller.Principal, snapshot.Policies, snapshot.Keys)
            : null;

    private (Principal, PrincipalPolicies, IContextKeys) Of(User user) =>
        (user.ToPrincipal(), reader.Of(user), CallerSnapshots.TagKeys(user.Tags));

    private (Principal, PrincipalPolicies, IContextKeys) Of(Role role, string session) =>
        (
            new Principal.RoleSession(
                role.AccountId,
                $"arn:aws:sts::{role.AccountId}:assumed-role/{role.Name}/{session}",
                role.Arn,
                role.Id,
                session
            ),
            reader.Of(role),
            CallerSnapshots.TagKeys(role.Tags)
        );

    private static AwsException NotFound(string arn) =>
        AwsException.Sender("NoSuchEntity", $"There is no principal {arn}.", System.Net.HttpStatusCode.NotFound);
}
