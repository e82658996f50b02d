using Daybreak.Aws;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Iam;
using Daybreak.Cloud.Iam.Identities;
using Daybreak.Cloud.Iam.Roles;
using Daybreak.Cloud.Policy;

namespace Daybreak.Cloud.Sts;

/// <summary>AssumeRole. Trust is the role's resource policy, so the front door has decided before this runs.</summary>
/// <param name="enforces">False: policies are not enforced, so root may assume roles too.</param>
public sealed class RoleAssumption(
    IamState state,
    TrustPolicy trust,
    SessionTable sessions,
    IPermissions permissions,
    bool enforces,
    TimeProvider time
)
{
    private static readonly ServiceAction TagSession = new("sts:TagSession");
    private static readonly ServiceAction SetSourceIdentity = new("sts:SetSourceIdentity");
    private static readonly PolicyDocument Nobody = PolicyDocument.Empty;

    public IEnumerable<AwsOperation> Operations() =>
        [
            new AwsOperation<AssumeRoleRequest, AssumeRoleResponse>("AssumeRole", RunAsync)
            {
                Resource = CheckArn,
                Keys = KeysOf,
                ResourcePolicy = TrustOf,
                HidesReason = true,
            },
        ];

    public async ValueTask<AssumeRoleResponse> RunAsync(AssumeRoleRequest request, OperationContext context)
    {
        if (context.Caller.IsRoot && enforces)
            throw StsErrors.AccessDenied("Roles may not be assumed by root accounts.");
        var role =
            Find(request.RoleArn)
            ?? throw StsErrors.AccessDenied(
                $"User: {context.Caller.Arn} is not authorized to perform: sts:AssumeRole on resource: {request.RoleArn}"
            );
        var calling = sessions.Find(context.Caller.AccessKeyId) as RoleSession;
        var duration = request.DurationSeconds ?? Role.DefaultSessionDuration;
        if (calling is not null && duration > Role.DefaultSessionDuration)
            throw StsErrors.DurationExceedsChaining();
        if (duration > role.MaxSessionDuration)
            throw StsErrors.DurationExceedsRole();

        var inherited = calling is null
            ? []
            : calling.Tags.RemoveAll(tag => !calling.TransitiveTagKeys.Contains(tag.Key, StringComparer.OrdinalIgnoreCase));
        var tags = SessionRules.Tags(request.Tags, request.TransitiveTagKeys, inherited);
        if (request.Tags is { Count: > 0 })
            Require(TagSession, request, context);
        if (request.SourceIdentity is not null)
            Require(SetSourceIdentity, request, context);
        var policyArns = SessionRules.Arns(state, role.AccountId, request.PolicyArns);

        var session = New(role, request.RoleSessionName, duration) with
        {
            PolicyDocuments = SessionRules.Documents(request.Policy),
            PolicyArns = policyArns,
            Tags = tags,
            TransitiveTagKeys = [.. inherited.Select(static tag => tag.Key), .. request.TransitiveTagKeys ?? []],
            SourceIdentity = request.SourceIdentity ?? calling?.SourceIdentity,
        };
        await sessions.AddAsync(session);
        return new AssumeRoleResponse
        {
            Credentials = CredentialsDescription.Of(session),
            AssumedRoleUser = new AssumedRoleUser { AssumedRoleId = $"{role.Id}:{session.SessionName}", Arn = session.Arn },
            PackedPolicySize = SessionRules.PackedSize(request.Policy, policyArns, request.Tags),
            SourceIdentity = session.SourceIdentity,
        };
    }

    /// <summary>Returns the ARN, if it is one of a role.</summary>
    /// <exception cref="AwsException">ValidationError</exception>
    private static string CheckArn(AssumeRoleRequest request, OperationContext context) =>
        Arn.TryParse(request.RoleArn, out var arn)
        && arn is { Service: "iam", Region: "", AccountId.Length: 12 }
        && arn.Resource.StartsWith("role/", StringComparison.Ordinal)
            ? request.RoleArn
            : throw StsErrors.InvalidRoleArn(request.RoleArn);

    /// <summary>Returns the trust policy of the requested role. A role that does not exist trusts nobody, and looks the same.</summary>
    public AttachedPolicy TrustOf(AssumeRoleRequest request, OperationContext context) => TrustOf(request.RoleArn);

    public AttachedPolicy TrustOf(string roleArn) =>
        new(
            PolicyKind.RoleTrust,
            roleArn,
            Find(roleArn) is { } role ? CompiledPolicies.Of(trust.TextOf(role), PolicyDialect.TrustPolicy) : Nobody
        );

    public Role? Find(string roleArn) =>
        Arn.TryParse(roleArn, out var arn)
        && state.Roles.Find(arn.AccountId, arn.Resource[(arn.Resource.LastIndexOf('/') + 1)..]) is { } role
        && role.Arn == roleArn
            ? role
            : null;

    private static ContextKeys KeysOf(AssumeRoleRequest request, OperationContext context)
    {
        var keys = new ContextKeys { { "sts:RoleSessionName", request.RoleSessionName } };
        if (request.ExternalId is { } externalId)
            keys.Add("sts:ExternalId", externalId);
        if (request.SourceIdentity is { } identity)
            keys.Add("sts:SourceIdentity", identity);
        if (request.TransitiveTagKeys is { Count: > 0 } transitive)
            keys.Add("sts:TransitiveTagKeys", transitive.ToArray());
        keys.AddTags(request.Tags);
        return keys;
    }

    /// <summary>Creates credentials of a session, which are not stored yet.</summary>
    public RoleSession New(Role role, string sessionName, int seconds)
    {
        var now = time.GetUtcNow();
        return new RoleSession
        {
            AccountId = role.AccountId,
            AccessKeyId = UniqueId.NewAccessKey("ASIA"),
            SecretAccessKey = UniqueId.NewSecret(),
            SessionToken = UniqueId.NewSessionToken(),
            IssueTime = now,
            Expiration = now.AddSeconds(seconds),
            RoleId = role.Id,
            RoleArn = role.Arn,
            SessionName = sessionName,
        };
    }

    private void Require(ServiceAction action, AssumeRoleRequest request, OperationContext context)
    {
        if (permissions.Denial(context, action, request.RoleArn, KeysOf(request, context), TrustOf(request.RoleArn)) is not null)
            throw StsErrors.AccessDenied(
                $"User: {context.Caller.Arn} is not authorized to perform: {action} on resource: {request.RoleArn}"
            );
    }
}
