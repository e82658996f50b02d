namespace Daybreak.Cloud.Lambda.Functions;

/// <summary><see href="https://docs.aws.amazon.com/lambda/latest/api/API_GetAccountSettings.html"/></summary>
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
