using System.Collections.Immutable;
using Daybreak.Cloud.Access;
using Daybreak.Cloud.Access.Explain;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.FrontDoor.Authentication;
using Daybreak.Cloud.Iam;
using Daybreak.Cloud.Iam.Identities;
using Daybreak.Cloud.Iam.Roles;
using Daybreak.Cloud.Iam.Users;
using Daybreak.Cloud.State;
using Daybreak.Cloud.Sts;

namespace Daybreak.Cloud.Hosting;

/// <summary>
/// Builds the parts that identify callers and decide their permissions: IAM, STS and enforcement, which every other service relies on.
/// </summary>
internal sealed class CloudIdentity : IDisposable
{
    private readonly IamState _state;
    private readonly PrincipalPolicyReader _policies;
    private readonly TrustPolicy _trust;
    private readonly PrincipalFinder _principals;

    /// <param name="real">The clock of servers that run here; null: the same.</param>
    public CloudIdentity(StateStore store, CloudOptions options, TimeProvider time, TimeProvider? real = null)
    {
        _state = new IamState(store);
        var sessions = new SessionTable(store, time);
        _policies = new PrincipalPolicyReader(_state);
        var callers = new CallerSnapshots(_state, sessions, _policies, new AdministratorKeys(options.AccountId), time, options.Failed);
        var encoded = new EncodedDenials();
        var enforcement = new PolicyAuthorizer(callers, encoded, time);
        _principals = new PrincipalFinder(_state, sessions, _policies, callers);
        var off = new NoEnforcement();
        AccessKeys = [new RootAccessKeys(options.AccountId, options.RootCredentials), callers];
        (Authorizer, Permissions) = options.EnforcesIam ? (enforcement, enforcement) : ((IAuthorizer)off, (IPermissions)off);

        PrincipalIds = new PrincipalIds(_state);
        _trust = new TrustPolicy(PrincipalIds);
        var roles = new RoleAssumption(_state, _trust, sessions, Permissions, options.EnforcesIam, time);
        ServiceRoles = new ServiceRoles(roles, sessions, _state);
        ContainerCredentials = new ContainerCredentials(ServiceRoles, time, real ?? time);
        ExecutionRoles = new ExecutionRoles(ServiceRoles, _principals, Permissions, sessions, options.EnforcesIam, time);
        LinkedRoles = new ServiceLinkedRoles(_state, time);
        Sts = new StsService(
            roles,
            new UserSessions(_state, sessions, time),
            new CallerIdentity(AccessKeys),
            new AuthorizationMessages(encoded),
            sessions
        );
    }

    public ImmutableArray<IAccessKeys> AccessKeys { get; }

    public IAuthorizer Authorizer { get; }

    public IPermissions Permissions { get; }

    public ServiceRoles ServiceRoles { get; }

    /// <summary>Provides credentials of roles to servers that run here.</summary>
    public ContainerCredentials ContainerCredentials { get; }

    /// <summary>The roles of functions.</summary>
    public ExecutionRoles ExecutionRoles { get; }

    /// <summary>Finds the users and roles that resource policies name.</summary>
    public PrincipalIds PrincipalIds { get; }

    /// <summary>Service-linked roles.</summary>
    public ServiceLinkedRoles LinkedRoles { get; }

    public StsService Sts { get; }

    /// <summary>The operations of IAM.</summary>
    /// <param name="usesOf">Returns a service's resources in an account that need its service-linked role.</param>
    public IamService IamOf(Func<string, string, IEnumerable<(string Region, string Arn)>> usesOf, TimeProvider time) =>
        new(_state, _trust, _policies, LinkedRoles, usesOf, time);

    /// <summary>Explains why a principal may or may not do something.</summary>
    /// <param name="services">All services.</param>
    public Explainer ExplainerOf(ImmutableArray<AwsService> services, string defaultRegion, TimeProvider time) =>
        new(_principals, _state, services, defaultRegion, time);

    /// <summary>Runs a change of IAM's state by another part.</summary>
    public async Task ChangeAsync(Func<Task> change) =>
        await _state.ChangeAsync(
            async () =>
            {
                await change();
                return true;
            },
            CancellationToken.None
        );

    public void Dispose() => _state.Dispose();
}
