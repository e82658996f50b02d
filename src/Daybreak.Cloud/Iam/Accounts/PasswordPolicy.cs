using System.Buffers;

namespace Daybreak.Cloud.Iam.Accounts;

/// <summary>What passwords of an account's users have to be.</summary>
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

    /// <summary>Days.</summary>
    public int? MaxPasswordAge { get; init; }

    public int? PasswordReusePrevention { get; init; }

    public bool? HardExpiry { get; init; }

    /// <summary>Whether a password is one that a policy, or AWS's default where there is none, lets users have.</summary>
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
