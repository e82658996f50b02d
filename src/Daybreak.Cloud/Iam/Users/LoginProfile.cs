namespace Daybreak.Cloud.Iam.Users;

/// <summary>
/// That a user has a password for the console, which is not here: the password itself is checked against the account's policy and
/// not kept. Immutable.
/// </summary>
public sealed record LoginProfile
{
    public required DateTimeOffset CreateDate { get; init; }

    public required bool PasswordResetRequired { get; init; }
}
