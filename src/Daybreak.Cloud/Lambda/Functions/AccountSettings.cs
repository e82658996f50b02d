using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Lambda.Layers;
using Daybreak.Cloud.Lambda.Provisioning;
using Daybreak.Cloud.Lambda.Versions;

namespace Daybreak.Cloud.Lambda.Functions;

/// <summary>Limits and usage of an account in a Region.</summary>
internal sealed class AccountSettings(FunctionVersions versions, LayerVersions layers)
{
    public const int ConcurrentExecutions = 1000;
    public const long CodeSizeUnzipped = 262_144_000;
    public const long CodeSizeZipped = 52_428_800;
    public const long TotalCodeSize = 80_530_636_800;

    public IEnumerable<AwsOperation> Operations() =>
        [new AwsOperation<NoMembers, GetAccountSettingsResponse>("GetAccountSettings", Get) { Route = "GET /2016-08-19/account-settings" }];

    public GetAccountSettingsResponse Get(NoMembers request, OperationContext context)
    {
        var all = versions.In(context.AccountId, context.Region, withPublished: true).ToArray();
        return new GetAccountSettingsResponse
        {
            AccountLimit = new AccountLimit
            {
                UnreservedConcurrentExecutions = ConcurrencyShares.Of(versions).UnreservedIn(context.AccountId, context.Region),
            },
            AccountUsage = new AccountUsage
            {
                TotalCodeSize =
                    all.Sum(static version => version.Code.Size)
                    + layers.In(context.AccountId, context.Region).Sum(static version => version.Code.Size),
                FunctionCount = all.Count(static version => version.Number == 0),
            },
        };
    }
}
