using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Lambda.Functions;

/// <summary>Limits and usage of an account in a Region.</summary>
internal sealed class AccountSettings(ResourceTable<FunctionState> table)
{
    public const int ConcurrentExecutions = 1000;
    public const long CodeSizeUnzipped = 262_144_000;
    public const long CodeSizeZipped = 52_428_800;
    public const long TotalCodeSize = 80_530_636_800;

    public IEnumerable<AwsOperation> Operations() =>
        [new AwsOperation<NoMembers, GetAccountSettingsResponse>("GetAccountSettings", Get) { Route = "GET /2016-08-19/account-settings" }];

    public GetAccountSettingsResponse Get(NoMembers request, OperationContext context)
    {
        var functions = table.List(context.AccountId, context.Region);
        return new GetAccountSettingsResponse
        {
            AccountLimit = new AccountLimit(),
            AccountUsage = new AccountUsage
            {
                TotalCodeSize = functions.Sum(function => function.Code.Size),
                FunctionCount = functions.Count,
            },
        };
    }
}
