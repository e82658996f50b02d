using System.Buffers;

namespace Daybreak.Cloud.Iam.Accounts;

/// <summary>The requirements for passwords of an account's users.</summary>
public sealed record PasswordPolicy
{
    private static readonly SearchValues<char> Symbols = SearchValues.Create("!@#$%^&*()_+-=[]{}|'");
    private const int DefaultLength = 8;
    private const int DefaultKinds = 3;

    public required int MinimumPasswordLength { get; init; }

    public bool RequireSymbols { get; init; }

    public bool RequireNumbers { get; init; }

    public bool RequireUppercaseCharacters { get; init; }

    public bool RequireLowercaseCharacters { get; init; }

    public bool AllowUsersToChangePassword { get; init; }

    public bool ExpirePasswords { get; init; }

    /// <summary>In days.</summary>
    public int? MaxPasswordAge { get; init; }

    public int? PasswordReusePrevention { get; init; }

    public bool? HardExpiry { get; init; }

    /// <summary>Whether a policy permits a password; without one, AWS's default applies.</summary>
    public static bool Admits(PasswordPolicy? policy, string password)
    {
        var (symbols, numbers) = (password.AsSpan().ContainsAny(Symbols), password.Any(char.IsAsciiDigit));
        var (upper, lower) = (password.Any(char.IsAsciiLetterUpper), password.Any(char.IsAsciiLetterLower));
        if (policy is null)
            return password.Length >= DefaultLength && new[] { symbols, numbers, upper, lower }.Count(static has => has) >= DefaultKinds;
        return password.Length >= policy.MinimumPasswordLength
            && (symbols || !policy.RequireSymbols)
            && (numbers || !policy.RequireNumbers)
            && (upper || !policy.RequireUppercaseCharacters)
            && (lower || !policy.RequireLowercaseCharacters);
    }
}
