using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Iam;
using Daybreak.Cloud.Iam.Identities;
using Daybreak.Cloud.Policy;

namespace Daybreak.Cloud.Sts;

/// <summary>Temporary credentials of users and of root: GetSessionToken, GetFederationToken.</summary>
public sealed class UserSessions(IamState state, SessionTable sessions, TimeProvider time)
{
    private const int DefaultSeconds = 43_200;
    private const int RootSeconds = 3600;

    public IEnumerable<AwsOperation> Operations() =>
        [
            new AwsOperation<GetFederationTokenRequest, GetFederationTokenResponse>("GetFederationToken", GetFederationTokenAsync)
            {
                Resource = FederatedArn,
                Keys = FederatedKeys,
            },
            new AwsOperation<GetSessionTokenRequest, GetSessionTokenResponse>("GetSessionToken", GetSessionTokenAsync) { IsOpen = true },
        ];

    public async ValueTask<GetSessionTokenResponse> GetSessionTokenAsync(GetSessionTokenRequest request, OperationContext context)
    {
        RefuseSessions(context, "GetSessionToken");
        var now = time.GetUtcNow();
        var session = new UserSession
        {
            AccountId = context.AccountId,
            AccessKeyId = UniqueId.NewAccessKey("ASIA"),
            SecretAccessKey = UniqueId.NewSecret(),
            SessionToken = UniqueId.NewSessionToken(),
            IssueTime = now,
            Expiration = now.AddSeconds(Seconds(request.DurationSeconds, context)),
            UserId = context.Caller.UserId,
        };
        await sessions.AddAsync(session);
        return new GetSessionTokenResponse { Credentials = CredentialsDescription.Of(session) };
    }

    public async ValueTask<GetFederationTokenResponse> GetFederationTokenAsync(GetFederationTokenRequest request, OperationContext context)
    {
        RefuseSessions(context, "GetFederationToken");
        var now = time.GetUtcNow();
        var arns = SessionRules.Arns(state, context.AccountId, request.PolicyArns);
        // Without a policy a federated user may do nothing: its session policy is empty.
        var documents = SessionRules.Documents(request.Policy);
        var session = new FederatedSession
        {
            AccountId = context.AccountId,
            AccessKeyId = UniqueId.NewAccessKey("ASIA"),
            SecretAccessKey = UniqueId.NewSecret(),
            SessionToken = UniqueId.NewSessionToken(),
            IssueTime = now,
            Expiration = now.AddSeconds(Seconds(request.DurationSeconds, context)),
            UserId = context.Caller.UserId,
            Name = request.Name,
            PolicyDocuments = documents.IsEmpty && arns.IsEmpty ? [NothingPolicy] : documents,
            PolicyArns = arns,
            Tags = SessionRules.Tags(request.Tags, null, []),
        };
        await sessions.AddAsync(session);
        return new GetFederationTokenResponse
        {
            Credentials = CredentialsDescription.Of(session),
            FederatedUser = new FederatedUserDescription { FederatedUserId = $"{context.AccountId}:{request.Name}", Arn = session.Arn },
            PackedPolicySize = SessionRules.PackedSize(request.Policy, arns, request.Tags) ?? 0,
        };
    }

    private static string FederatedArn(GetFederationTokenRequest request, OperationContext context) =>
        $"arn:aws:sts::{context.AccountId}:federated-user/{request.Name}";

    private static ContextKeys FederatedKeys(GetFederationTokenRequest request, OperationContext context)
    {
        var keys = new ContextKeys();
        keys.AddTags(request.Tags);
        return keys;
    }

    private const string NothingPolicy = """{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"*","Resource":"*"}]}""";

    private static int Seconds(int? asked, OperationContext context) =>
        context.Caller.IsRoot ? Math.Min(asked ?? RootSeconds, RootSeconds) : asked ?? DefaultSeconds;

    private void RefuseSessions(OperationContext context, string operation)
    {
        if (sessions.Find(context.Caller.AccessKeyId) is not null)
            throw StsErrors.AccessDenied($"Cannot call {operation} with session credentials");
    }
}
