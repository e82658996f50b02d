using System.Text.RegularExpressions;

namespace Daybreak.Cloud.SecretsManager.Secrets;

/// <summary>The filters of lists: all must match, each by one of its values. A value that begins with <c>!</c> is one that must
/// not.</summary>
internal static partial class SecretFilters
{
    public static bool Match(Secret secret, IReadOnlyList<SecretFilter>? filters) =>
        filters?.All(filter => filter.Values?.Any(value => Matches(secret, filter.Key, value)) == true) != false;

    private static bool Matches(Secret secret, string? key, string value) =>
        value.StartsWith('!') ? !Has(secret, key, value[1..]) : Has(secret, key, value);

    private static bool Has(Secret secret, string? key, string value)
    {
        var tags = secret.Tags;
        return key switch
        {
            "name" => secret.Name.StartsWith(value, StringComparison.Ordinal),
            "description" => HasWords(secret.Description?.Split(' ') ?? [], value.Split(' ', StringSplitOptions.RemoveEmptyEntries)),
            "tag-key" => tags?.Keys.Any(one => one.StartsWith(value, StringComparison.Ordinal)) == true,
            "tag-value" => tags?.Values.Any(one => one.StartsWith(value, StringComparison.Ordinal)) == true,
            "primary-region" => secret.Region.StartsWith(value, StringComparison.Ordinal),
            "all" => HasWords(
                [.. new[] { secret.Name, secret.Description ?? "" }.Concat(tags?.Keys ?? []).Concat(tags?.Values ?? []).SelectMany(Words)],
                [.. Words(value)]
            ),
            _ => secret.OwningService?.StartsWith(value, StringComparison.Ordinal) == true, // owning-service
        };
    }

    /// <summary>Whether each word that is looked for begins one of the text.</summary>
    private static bool HasWords(string[] text, string[] wanted) =>
        wanted.Length > 0 && wanted.All(word => text.Any(one => one.StartsWith(word, StringComparison.OrdinalIgnoreCase)));

    private static IEnumerable<string> Words(string text) => Word().Matches(text).Select(static match => match.Value);

    // At special characters, and where a word in camel case has a hump.
    [GeneratedRegex(@"[A-Z]+[a-z0-9]*|[^\s/_+=.@\-A-Z]+")]
    private static partial Regex Word();
}
