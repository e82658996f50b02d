using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Lambda.Functions;

/// <summary>Limits and usage of an account in a region.</summary>
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

public sealed record GetAccountSettingsResponse
{
    public AccountLimit? AccountLimit { get; init; }

    public AccountUsage? AccountUsage { get; init; }
}

public sealed record AccountLimit
{
    public long TotalCodeSize { get; init; } = AccountSettings.TotalCodeSize;

    public long CodeSizeUnzipped { get; init; } = AccountSettings.CodeSizeUnzipped;

    public long CodeSizeZipped { get; init; } = AccountSettings.CodeSizeZipped;

    public int ConcurrentExecutions { get; init; } = AccountSettings.ConcurrentExecutions;

    public int UnreservedConcurrentExecutions { get; init; } = AccountSettings.ConcurrentExecutions;
}

public sealed record AccountUsage
{
    public long TotalCodeSize { get; init; }

    public int FunctionCount { get; init; }
}
