using System.Collections.Immutable;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.FrontDoor.Authentication;

namespace Daybreak.Cloud.Sts;

/// <summary>Operations about credentials themselves.</summary>
public sealed class CallerIdentity(ImmutableArray<IAccessKeys> accessKeys)
{
    public IEnumerable<AwsOperation> Operations() =>
        [
            new AwsOperation<GetAccessKeyInfoRequest, GetAccessKeyInfoResponse>("GetAccessKeyInfo", GetAccessKeyInfo),
            new AwsOperation<NoMembers, GetCallerIdentityResponse>("GetCallerIdentity", Get) { IsOpen = true },
        ];

    public static GetCallerIdentityResponse Get(NoMembers request, OperationContext context) =>
        new()
        {
            UserId = context.Caller.UserId,
            Account = context.Caller.AccountId,
            Arn = context.Caller.Arn,
        };

    public GetAccessKeyInfoResponse GetAccessKeyInfo(GetAccessKeyInfoRequest request, OperationContext context)
    {
        foreach (var keys in accessKeys)
            if (keys.Find(request.AccessKeyId) is { } key)
                return new GetAccessKeyInfoResponse { Account = key.Caller.AccountId };
        throw StsErrors.Validation("The access key ID is invalid or no longer exists.");
    }
}
