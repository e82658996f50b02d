using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.FrontDoor.Protocols;

namespace Daybreak.Cloud.Sts;

/// <summary>AWS Security Token Service: its operations, in the order of the API reference.</summary>
public sealed class StsService
{
    public StsService(
        RoleAssumption roles,
        UserSessions users,
        CallerIdentity identity,
        AuthorizationMessages messages,
        SessionTable sessions
    ) =>
        Description = new AwsService
        {
            Name = "sts",
            Version = "2011-06-15",
            Protocol = new QueryProtocol(),
            XmlNamespace = "https://sts.amazonaws.com/doc/2011-06-15/",
            ValidationErrorCode = "ValidationError",
            ResourcePolicyOf = roles.TrustOf,
            Counts = () => new Dictionary<string, int> { ["sessions"] = sessions.Count },
            Operations =
            [
                AwsOperation
                    .Of<AssumeRoleRequest, AssumeRoleResponse>("AssumeRole", roles.RunAsync, resource: RoleAssumption.CheckArn)
                    .AuthorizedBy(OperationAuthorization.Of<AssumeRoleRequest>(RoleAssumption.KeysOf, roles.TrustOf, hidesReason: true)),
                AwsOperation.Refused("AssumeRoleWithSAML"),
                AwsOperation.Refused("AssumeRoleWithWebIdentity"),
                AwsOperation.Refused("AssumeRoot"),
                AwsOperation.Of<DecodeAuthorizationMessageRequest, DecodeAuthorizationMessageResponse>(
                    "DecodeAuthorizationMessage",
                    messages.Decode
                ),
                AwsOperation.Of<GetAccessKeyInfoRequest, GetAccessKeyInfoResponse>("GetAccessKeyInfo", identity.GetAccessKeyInfo),
                AwsOperation
                    .Of<NoMembers, GetCallerIdentityResponse>("GetCallerIdentity", CallerIdentity.Get)
                    .AuthorizedBy(OperationAuthorization.Open),
                AwsOperation.Refused("GetDelegatedAccessToken"),
                AwsOperation
                    .Of<GetFederationTokenRequest, GetFederationTokenResponse>(
                        "GetFederationToken",
                        users.GetFederationTokenAsync,
                        resource: UserSessions.FederatedArn
                    )
                    .AuthorizedBy(OperationAuthorization.Of<GetFederationTokenRequest>(UserSessions.FederatedKeys)),
                AwsOperation
                    .Of<GetSessionTokenRequest, GetSessionTokenResponse>("GetSessionToken", users.GetSessionTokenAsync)
                    .AuthorizedBy(OperationAuthorization.Open),
                AwsOperation.Refused("GetWebIdentityToken"),
            ],
        };

    public AwsService Description { get; }
}
