namespace Daybreak.Cloud.Iam.Users;

/// <summary>
/// Records that a user has a password for the console, which does not exist here: the password itself is checked against the account's
/// policy and not stored. Immutable.
/// </summary>
public sealed record LoginProfile
{
    public required DateTimeOffset CreateDate { get; init; }

    public required bool PasswordResetRequired { get; init; }
}
