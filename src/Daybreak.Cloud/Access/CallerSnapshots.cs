using System.Collections.Concurrent;
using System.Collections.Immutable;
using Daybreak.Aws;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.FrontDoor.Authentication;
using Daybreak.Cloud.Iam;
using Daybreak.Cloud.Iam.Identities;
using Daybreak.Cloud.Iam.Users;
using Daybreak.Cloud.Policy;
using Daybreak.Cloud.Sts;

namespace Daybreak.Cloud.Access;

/// <summary>
/// Access keys of users, administrators and sessions, with the policies of their owners. Derived data is cached until IAM's state changes,
/// so that a request costs two look-ups.
/// </summary>
public sealed class CallerSnapshots(
    IamState state,
    SessionTable sessions,
    PrincipalPolicyReader reader,
    AdministratorKeys administrators,
    TimeProvider time,
    Action<Exception> failed
) : IAccessKeys
{
    private const int KeptKeys = 10_000;

    private Generation _generation = new(-1);

    AccessKey? IAccessKeys.Find(string accessKeyId) => Of(accessKeyId)?.Key;

    /// <summary>Returns null for a root whose key was given at the start: it has no policies.</summary>
    public CallerSnapshot? Of(Caller caller) => Of(caller.AccessKeyId);

    /// <summary>Records when a user's key, or the role of a session, was last used.</summary>
    public void NoteUse(Caller caller, string service, string region)
    {
        var id = caller.Principal is Principal.RoleSession session ? session.RoleId : caller.AccessKeyId;
        var now = time.GetUtcNow();
        if (state.LastUses.IsNews(id, now, region, service) && IsKept(caller))
            Observe(state.LastUses.PutAsync(id, new LastUse(now, region, service)));
    }

    /// <summary>Returns null for a key that belongs to no user, administrator or session.</summary>
    public CallerSnapshot? Of(string accessKeyId)
    {
        var version = state.Version;
        var current = Volatile.Read(ref _generation);
        if (current.Version != version)
        {
            current = new Generation(version);
            Volatile.Write(ref _generation, current);
        }
        if (current.ByKey.TryGetValue(accessKeyId, out var known))
            return known;
        // Unknown keys are not cached, and the number of cached keys is limited, because anybody can invent account numbers.
        var found = FromUser(accessKeyId) ?? FromSession(accessKeyId) ?? FromAdministrator(accessKeyId);
        if (found is not null && current.ByKey.Count < KeptKeys)
            current.ByKey[accessKeyId] = found;
        return found;
    }

    // Excludes keys given at the start, and deleted roles.
    private bool IsKept(Caller caller) =>
        caller.Principal is Principal.RoleSession session
            ? state.Roles.FindById(session.AccountId, session.RoleId) is not null
            : state.AccessKeys.Find(AccessKeyOperations.KeyOf(caller.AccessKeyId)) is not null;

    private CallerSnapshot? FromUser(string accessKeyId)
    {
        if (state.AccessKeys.Find(AccessKeyOperations.KeyOf(accessKeyId)) is not { IsActive: true } key)
            return null;
        var credentials = new AwsCredentials(key.AccessKeyId, key.SecretAccessKey);
        if (key.UserId == key.AccountId)
            return new CallerSnapshot(
                new AccessKey(credentials, Caller.Root(key.AccountId, accessKeyId)),
                PrincipalPolicies.None,
                ContextKeys.None
            );
        if (state.Users.FindById(key.AccountId, key.UserId) is not { } user)
            return null;
        return new CallerSnapshot(
            new AccessKey(credentials, new Caller(user.ToPrincipal(), accessKeyId)),
            reader.Of(user),
            TagKeys(user.Tags)
        );
    }

    private CallerSnapshot? FromAdministrator(string accessKeyId) =>
        administrators.Find(accessKeyId) is { } key
            ? new CallerSnapshot(key, reader.Of(Administrator.Of(key.Caller.AccountId)), ContextKeys.None)
            : null;

    private CallerSnapshot? FromSession(string accessKeyId)
    {
        if (sessions.Find(accessKeyId) is not { } session)
            return null;
        return session switch
        {
            RoleSession role => OfRole(role),
            UserSession user when user.UserId == user.AccountId => Snapshot(
                session,
                new Principal.Root(session.AccountId),
                PrincipalPolicies.None,
                []
            ),
            UserSession user => state.Users.FindById(user.AccountId, user.UserId) is { } owner
                ? Snapshot(session, owner.ToPrincipal(), reader.Of(owner), owner.Tags)
                : null,
            FederatedSession federated => OfFederated(federated),
            _ => null,
        };
    }

    // The session of a deleted role still authenticates, but may do nothing.
    private CallerSnapshot OfRole(RoleSession session)
    {
        var role = state.Roles.FindById(session.AccountId, session.RoleId);
        var policies = role is null ? PrincipalPolicies.None : reader.Of(role);
        var principal = new Principal.RoleSession(session.AccountId, session.Arn, session.RoleArn, session.RoleId, session.SessionName)
        {
            IsOfDeletedRole = role is null,
        };
        return Snapshot(
            session,
            principal,
            policies with
            {
                Session = SessionPolicies(session),
            },
            TagSet.Merge(role?.Tags ?? [], session.Tags)
        );
    }

    private CallerSnapshot? OfFederated(FederatedSession session)
    {
        var principal = new Principal.FederatedUser(session.AccountId, session.Arn, session.Name);
        var policies =
            session.UserId == session.AccountId ? PrincipalPolicies.None
            : state.Users.FindById(session.AccountId, session.UserId) is { } user ? reader.Of(user)
            : null;
        return policies is null ? null : Snapshot(session, principal, policies with { Session = SessionPolicies(session) }, session.Tags);
    }

    private ImmutableArray<AttachedPolicy> SessionPolicies(Session session) =>
        [
            .. session.PolicyDocuments.Select(static text => new AttachedPolicy(
                PolicyKind.Session,
                "SessionPolicy",
                CompiledPolicies.Of(text, PolicyDialect.InlinePolicy)
            )),
            // A policy that has been deleted since allows nothing: without it, the session would no longer be limited.
            .. session.PolicyArns.Select(arn =>
                reader.Managed(session.AccountId, arn, PolicyKind.Session)
                ?? new AttachedPolicy(PolicyKind.Session, arn, PolicyDocument.Empty)
            ),
        ];

    private static CallerSnapshot Snapshot(Session session, Principal principal, PrincipalPolicies policies, ImmutableArray<Tag> tags)
    {
        var keys = TagKeys(tags);
        keys.Add(
            "aws:TokenIssueTime",
            session.IssueTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture)
        );
        keys.Add("aws:MultiFactorAuthPresent", "false");
        if (session.SourceIdentity is { } identity)
            keys.Add("aws:SourceIdentity", identity);
        return new CallerSnapshot(new AccessKey(session.Credentials, new Caller(principal, session.AccessKeyId)), policies, keys);
    }

    internal static ContextKeys TagKeys(ImmutableArray<Tag> tags)
    {
        var keys = new ContextKeys();
        foreach (var tag in tags)
            keys.Add($"aws:PrincipalTag/{tag.Key}", tag.Value);
        return keys;
    }

    private void Observe(Task written) =>
        written.ContinueWith(
            task => failed(task.Exception!),
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted,
            TaskScheduler.Default
        );

    private sealed record Generation(long Version)
    {
        public ConcurrentDictionary<string, CallerSnapshot> ByKey { get; } = new();
    }
}
