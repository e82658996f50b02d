using Daybreak.Aws;
using Daybreak.Cloud.Iam;
using Daybreak.Cloud.Iam.Roles;
using Daybreak.Cloud.Policy;

namespace Daybreak.Cloud.Sts;

/// <summary>
/// Assumes roles for services: for a database server the role of its cluster, for a function its execution role. Only the role's trust
/// policy decides.
/// </summary>
public sealed class ServiceRoles(RoleAssumption roles, SessionTable sessions, IamState state)
{
    private static readonly ServiceAction AssumeRole = new("sts:AssumeRole");

    /// <param name="service"><c>rds.amazonaws.com</c></param>
    /// <param name="sourceAccount">The account for whose resource the service acts, if it names one: <c>aws:SourceAccount</c>.</param>
    /// <param name="sourceArn">That resource: <c>aws:SourceArn</c>.</param>
    /// <param name="server">The owner of the session: <see cref="RoleSession.Server"/>.</param>
    /// <exception cref="AwsException">AccessDenied with the reason: the role does not exist, or does not trust the service
    /// here.</exception>
    public async ValueTask<RoleSession> AssumeAsync(
        string service,
        string roleArn,
        string sessionName,
        string? sourceAccount = null,
        string? sourceArn = null,
        TimeSpan? duration = null,
        string? server = null
    )
    {
        if (WhyNot(service, roleArn, sourceAccount, sourceArn) is { } reason)
            throw StsErrors.AccessDenied(reason);
        var role = roles.Find(roleArn)!;
        var session = roles.New(role, sessionName, (int)(duration ?? TimeSpan.FromSeconds(Role.DefaultSessionDuration)).TotalSeconds) with
        {
            Server = server,
        };
        await sessions.AddAsync(session);
        return session;
    }

    /// <summary>Invalidates the session's keys.</summary>
    public async Task EndAsync(RoleSession session) =>
        await state.ChangeAsync( // so that cached data derived from it is discarded
            async () =>
            {
                await sessions.RemoveAsync(session);
                return true;
            },
            CancellationToken.None
        );

    /// <summary>Returns the server that received an access key; null for any other key.</summary>
    public string? ServerOf(string accessKeyId) => (sessions.Find(accessKeyId) as RoleSession)?.Server;

    /// <summary>Whether the session's role is the one that has its ARN now.</summary>
    public bool IsOfPresentRole(RoleSession session) => roles.Find(session.RoleArn)?.Id == session.RoleId;

    /// <summary>Returns AWS's reason why <paramref name="service"/> may not assume the role; null when it may.</summary>
    public string? WhyNot(string service, string roleArn, string? sourceAccount = null, string? sourceArn = null)
    {
        if (roles.Find(roleArn) is not { } role)
            return $"The role {roleArn} does not exist.";
        var keys = new ContextKeys();
        if (sourceAccount is not null)
            keys.Add("aws:SourceAccount", sourceAccount);
        if (sourceArn is not null)
            keys.Add("aws:SourceArn", sourceArn);
        var request = new RequestContext(new Principal.Service(service), AssumeRole, roleArn, role.AccountId, keys);
        var decision = PolicyEvaluator.Decide(request, PrincipalPolicies.None, roles.TrustOf(roleArn));
        return decision.IsAllowed ? null : DenialMessage.For(request, decision);
    }
}
