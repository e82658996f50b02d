using System.Net;
using Daybreak.Aws;
using Daybreak.Cloud.Access;
using Daybreak.Cloud.Access.Explain;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Iam.Users;
using Daybreak.Cloud.Lambda;
using Daybreak.Cloud.Lambda.Runtime;
using Daybreak.Cloud.Policy;
using Daybreak.Cloud.Sts;

namespace Daybreak.Cloud.Hosting;

/// <summary>The roles of functions: checks who may pass one to Lambda, and provides its credentials to Lambda.</summary>
/// <param name="enforces">False: any role is valid, and a function whose role Lambda may not assume acts as the account's
/// administrator.</param>
internal sealed class ExecutionRoles(
    ServiceRoles roles,
    PrincipalFinder principals,
    IPermissions permissions,
    SessionTable sessions,
    bool enforces,
    TimeProvider time
) : IExecutionRoles, IFunctionCredentials
{
    private const string Lambda = "lambda.amazonaws.com";
    private const int LongestSessionName = 64;

    private static readonly ServiceAction PassRole = new("iam:PassRole");
    private static readonly ContextKeys PassedToLambda = new() { { "iam:PassedToService", Lambda } };

    // An environment keeps its first credentials as long as it lives.
    private static readonly TimeSpan Duration = TimeSpan.FromHours(12);

    public void Check(OperationContext context, string roleArn)
    {
        if (!enforces)
            return;
        if (Arn.TryParse(roleArn, out var arn) && arn.AccountId != context.AccountId)
            throw AccessDenied("Cross-account pass role is not allowed.");
        if (permissions.Denial(context, PassRole, roleArn, PassedToLambda) is { } denial)
            throw AccessDenied(denial);
        if (roles.WhyNot(Lambda, roleArn) is not null)
            throw AwsException.Sender("InvalidParameterValueException", "The role defined for the function cannot be assumed by Lambda.");
    }

    public bool May(string roleArn, string region, ServiceAction action, string resource, AttachedPolicy? resourcePolicy = null) =>
        May(
            roleArn,
            region,
            action,
            resource,
            resourcePolicy,
            Arn.TryParse(resource, out var arn) && arn.AccountId.Length > 0 ? arn.AccountId : null
        );

    /// <summary>The same for a resource that counts as one of the role's account, whatever its ARN says, and whose policy is not known
    /// here.</summary>
    public bool MayInOwnAccount(string roleArn, string region, ServiceAction action, string resource) =>
        May(roleArn, region, action, resource, null, null);

    /// <summary>The same for a resource whose ARN does not say whose it is.</summary>
    /// <param name="accountId">The account of the resource; null: the role's.</param>
    public bool May(string roleArn, string region, ServiceAction action, string resource, AttachedPolicy? resourcePolicy, string? accountId)
    {
        if (!enforces)
            return true;
        if (roles.WhyNot(Lambda, roleArn) is not null) // a role that was deleted may do nothing
            return false;
        var (principal, policies, keys) = principals.Find(roleArn);
        var request = new RequestContext(
            principal,
            action,
            resource,
            accountId ?? principal.Account ?? "",
            new JoinedKeys(new ContextKeys { { "aws:RequestedRegion", region } }, keys, ContextKeys.None, time)
        );
        return PolicyEvaluator.Decide(request, policies, resourcePolicy).IsAllowed;
    }

    /// <exception cref="AwsException">The role no longer trusts Lambda.</exception>
    public async ValueTask<(string AccessKeyId, string SecretAccessKey, string SessionToken)> GetAsync(
        FunctionVersion function,
        CancellationToken cancellation
    )
    {
        if (!enforces && roles.WhyNot(Lambda, function.RoleArn) is not null)
            return await AdministratorAsync(function.AccountId);
        var name = function.FunctionName;
        var session = await roles.AssumeAsync(
            Lambda,
            function.RoleArn,
            name.Length > LongestSessionName ? name[..LongestSessionName] : name,
            duration: Duration
        );
        return (session.AccessKeyId, session.SecretAccessKey, session.SessionToken);
    }

    private async ValueTask<(string AccessKeyId, string SecretAccessKey, string SessionToken)> AdministratorAsync(string accountId)
    {
        var now = time.GetUtcNow();
        var session = new UserSession
        {
            AccountId = accountId,
            UserId = Administrator.Of(accountId).Id,
            AccessKeyId = UniqueId.NewAccessKey("ASIA"),
            SecretAccessKey = UniqueId.NewSecret(),
            SessionToken = UniqueId.NewSessionToken(),
            IssueTime = now,
            Expiration = now + Duration,
        };
        await sessions.AddAsync(session);
        return (session.AccessKeyId, session.SecretAccessKey, session.SessionToken);
    }

    private static AwsException AccessDenied(string message) =>
        AwsException.Sender("AccessDeniedException", message, HttpStatusCode.Forbidden);
}
