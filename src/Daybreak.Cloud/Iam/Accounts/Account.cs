namespace Daybreak.Cloud.Iam.Accounts;

/// <summary>IAM's data about an account itself. Immutable.</summary>
public sealed record Account
{
    public required string AccountId { get; init; }

    /// <summary>The alias, unique over all accounts.</summary>
    public string? Alias { get; init; }

    /// <summary>Null means AWS's default.</summary>
    public PasswordPolicy? PasswordPolicy { get; init; }
}
