using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Daybreak.Aws;

namespace Daybreak.Cloud.Policy;

/// <summary>
/// The users and roles that the policy of a resource names. AWS keeps them by unique id, so that whoever comes to bear the name of
/// one that was deleted has none of its permissions; from then on the id is what the policy shows.
/// </summary>
/// <remarks>https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html</remarks>
public static class NamedPrincipals
{
    // Decisions compile a text once for as long as it lives: the same document has to be the same string.
    private static readonly ConditionalWeakTable<string, string> Replaced = [];

    /// <summary>The ids of those whom a document names, by ARN.</summary>
    /// <param name="unknown">Its first principal whom nobody bears the ARN of.</param>
    /// <returns>Null when there is such a one.</returns>
    public static ImmutableDictionary<string, string>? IdsOf(
        PolicyDocument document,
        IPrincipalIds principals,
        out Daybreak.Cloud.Policy.Matching.PrincipalEntry? unknown
    )
    {
        var ids = ImmutableDictionary.CreateBuilder<string, string>();
        foreach (var principal in document.Statements.SelectMany(static statement => statement.Principals?.Entries ?? []))
        {
            if (principal.Type != "AWS" || !HasId(principal.Value))
                continue;
            if (principals.IdOf(principal.Value) is not { } id)
            {
                unknown = principal;
                return null;
            }
            ids[principal.Value] = id;
        }
        unknown = null;
        return ids.ToImmutable();
    }

    /// <summary>The text as AWS shows and applies it: whoever is gone stands there by id.</summary>
    /// <param name="ids">By ARN, as they were when the policy was stored.</param>
    public static string TextOf(string text, ImmutableDictionary<string, string>? ids, IPrincipalIds principals)
    {
        var gone = (ids ?? ImmutableDictionary<string, string>.Empty).RemoveRange(
            (ids?.Keys ?? []).Where(arn => principals.IdOf(arn) == ids![arn])
        );
        if (gone.IsEmpty)
            return text;
        return Same(text, ByIds(text, gone));
    }

    /// <summary>The string that <paramref name="now"/> was the last time, when the document has not changed since.</summary>
    internal static string Same(string text, string now)
    {
        if (Replaced.TryGetValue(text, out var before) && before == now)
            return before;
        Replaced.AddOrUpdate(text, now);
        return now;
    }

    /// <summary>The text with ids in the place of ARNs, wherever a principal is named.</summary>
    public static string ByIds(string text, ImmutableDictionary<string, string> ids)
    {
        if (ids.IsEmpty)
            return text;
        var utf8 = Encoding.UTF8.GetBytes(text);
        var result = new StringBuilder();
        var copied = 0;
        foreach (var (start, length, value) in PrincipalTexts(utf8))
        {
            if (!ids.TryGetValue(value, out var id))
                continue;
            result.Append(Encoding.UTF8.GetString(utf8.AsSpan(copied, start - copied))).Append('"').Append(id).Append('"');
            copied = start + length;
        }
        return result.Append(Encoding.UTF8.GetString(utf8.AsSpan(copied))).ToString();
    }

    private static bool HasId(string principal) =>
        Arn.TryParse(principal, out var arn)
        && arn is { Service: "iam" or "sts" }
        && (
            arn.Resource.StartsWith("role/", StringComparison.Ordinal)
            || arn.Resource.StartsWith("user/", StringComparison.Ordinal)
            || arn.Resource.StartsWith("assumed-role/", StringComparison.Ordinal)
        );

    /// <summary>The strings of the elements Principal and NotPrincipal, with their quotes, however they are escaped.</summary>
    private static List<(int Start, int Length, string Value)> PrincipalTexts(byte[] utf8)
    {
        const int DeepestStatementKey = 3; // in a list of statements; conditions lie deeper
        var texts = new List<(int, int, string)>();
        var reader = new Utf8JsonReader(utf8);
        int? within = null;
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName && (within is null || reader.CurrentDepth <= within))
            {
                var isPrincipal =
                    reader.CurrentDepth <= DeepestStatementKey
                    && (reader.ValueTextEquals("Principal") || reader.ValueTextEquals("NotPrincipal"));
                within = isPrincipal ? reader.CurrentDepth : null;
            }
            else if (reader.TokenType == JsonTokenType.String && within is not null)
                texts.Add(((int)reader.TokenStartIndex, (int)(reader.BytesConsumed - reader.TokenStartIndex), reader.GetString()!));
        }
        return texts;
    }
}
