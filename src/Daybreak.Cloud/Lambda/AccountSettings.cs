using Daybreak.Cloud.FrontDoor;

namespace Daybreak.Cloud.Lambda;

/// <summary>Limits and usage of an account in a region.</summary>
internal static class AccountSettings
{
    public const int ConcurrentExecutions = 1000;
    public const long CodeSizeUnzipped = 262_144_000;
    public const long CodeSizeZipped = 52_428_800;
    public const long TotalCodeSize = 80_530_636_800;

    public static GetAccountSettingsResponse Get(NoMembers request, OperationContext context) => new()
    {
        AccountLimit = new AccountLimit(),
        AccountUsage = new AccountUsage { TotalCodeSize = 0, FunctionCount = 0 },
    };
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
