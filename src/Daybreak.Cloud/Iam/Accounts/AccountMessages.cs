using Daybreak.Cloud.FrontDoor.Shapes;

namespace Daybreak.Cloud.Iam.Accounts;

public sealed record AccountAliasRequest
{
    [Length(3, 63), Pattern("^[a-z0-9]([a-z0-9]|-(?!-)){1,61}[a-z0-9]$")]
    public required string AccountAlias { get; init; }
}

public sealed record ListAccountAliasesRequest : PagedRequest;

public sealed record ListAccountAliasesResponse : PagedResponse
{
    public required IReadOnlyList<string> AccountAliases { get; init; }
}

public sealed record GetAccountPasswordPolicyResponse
{
    public required PasswordPolicy PasswordPolicy { get; init; }
}

public sealed record UpdateAccountPasswordPolicyRequest
{
    private const int DefaultLength = 6;

    [Range(6, 128)]
    public int? MinimumPasswordLength { get; init; }

    public bool? RequireSymbols { get; init; }

    public bool? RequireNumbers { get; init; }

    public bool? RequireUppercaseCharacters { get; init; }

    public bool? RequireLowercaseCharacters { get; init; }

    public bool? AllowUsersToChangePassword { get; init; }

    [Range(1, 1095)]
    public int? MaxPasswordAge { get; init; }

    [Range(1, 24)]
    public int? PasswordReusePrevention { get; init; }

    public bool? HardExpiry { get; init; }

    internal PasswordPolicy ToPolicy() =>
        new()
        {
            MinimumPasswordLength = MinimumPasswordLength ?? DefaultLength,
            RequireSymbols = RequireSymbols == true,
            RequireNumbers = RequireNumbers == true,
            RequireUppercaseCharacters = RequireUppercaseCharacters == true,
            RequireLowercaseCharacters = RequireLowercaseCharacters == true,
            AllowUsersToChangePassword = AllowUsersToChangePassword == true,
            ExpirePasswords = MaxPasswordAge is not null,
            MaxPasswordAge = MaxPasswordAge,
            PasswordReusePrevention = PasswordReusePrevention,
            HardExpiry = HardExpiry,
        };
}
