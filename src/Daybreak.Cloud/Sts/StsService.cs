using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.FrontDoor.Protocols;

namespace Daybreak.Cloud.Sts;

/// <summary>AWS Security Token Service.</summary>
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
            Operations = OperationNames.Complete(
                "Sts",
                [.. roles.Operations(), .. users.Operations(), .. identity.Operations(), .. messages.Operations()]
            ),
        };

    public AwsService Description { get; }
}
