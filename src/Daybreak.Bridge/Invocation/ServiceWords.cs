using System.Text.RegularExpressions;
using Daybreak.Aws;

namespace Daybreak.Bridge.Invocation;

/// <summary>
/// What a service says, as SQL and logs may have it. AWS has told, with a signature that is wrong, what should have been signed: all
/// headers, x-amz-security-token among them; and any message may repeat what was sent. Pure.
/// </summary>
internal static partial class ServiceWords
{
    private const int Longest = 2000;
    private const string Hidden = "…";

    // Shorter ones, such as `test` of the local AWS, are parts of ordinary words.
    private const int ShortestSecret = 8;

    /// <param name="sentWith">What signed the request; null: nothing.</param>
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

    // Signatures, access keys, and session tokens whole or cut, of whatever credentials.
    [GeneratedRegex(
        """[0-9a-f]{64}|(?-i:A[KS]IA[A-Z0-9]{12,})|(?<=x-amz-security-token["']?\s?[:=]\s?["']?)[^\s"'&,;]+""",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex Secrets();
}
