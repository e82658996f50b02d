using System.Text.RegularExpressions;
using Daybreak.Aws;

namespace Daybreak.Bridge.Credentials;

/// <summary>
/// Makes a service's message safe for SQL and logs. When a signature was wrong, AWS has been known to answer with the text that should have
/// been signed, with all headers including x-amz-security-token; and any message may repeat parts of the request. Pure.
/// </summary>
internal static partial class ServiceWords
{
    private const int Longest = 2000;
    private const string Hidden = "…";

    // Shorter secrets, such as `test` of the local AWS, are parts of ordinary words.
    private const int ShortestSecret = 8;

    /// <param name="sentWith">The credentials that signed the request; null: none.</param>
    /// <returns>Null when nothing is left.</returns>
    public static string? Of(string? words, AwsCredentials? sentWith)
    {
        if (words is null)
            return null;
        var signed = WhatWasSigned().Match(words);
        if (signed.Success)
            words = words[..signed.Index].TrimEnd();
        words = Without(Without(words, sentWith?.SessionToken), sentWith?.SecretAccessKey);
        words = Secrets().Replace(words, Hidden);
        return words.Length switch
        {
            0 => null,
            > Longest => words[..Longest] + "…",
            _ => words,
        };
    }

    private static string Without(string words, string? secret) =>
        secret is { Length: >= ShortestSecret } ? words.Replace(secret, Hidden, StringComparison.OrdinalIgnoreCase) : words;

    [GeneratedRegex("(the )?(canonical string|string[- ]to[- ]sign)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex WhatWasSigned();

    // Matches signatures, access keys, and session tokens, whole or cut, of any credentials.
    [GeneratedRegex(
        """[0-9a-f]{64}|(?-i:A[KS]IA[A-Z0-9]{12,})|(?<=x-amz-security-token["']?\s?[:=]\s?["']?)[^\s"'&,;]+""",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex Secrets();
}
