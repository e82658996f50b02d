using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Daybreak.Aws;

namespace Daybreak.Cloud.Policy;

/// <summary>
/// The users and roles that the policy of a resource names. AWS stores them by unique id, so that a new user or role with the name of a
/// deleted one does not get its permissions. After a deletion the policy shows the id.
/// </summary>
/// <remarks>https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html</remarks>
public static class NamedPrincipals
{
    // A text is compiled once and cached by reference, so the same document must stay the same string.
    private static readonly ConditionalWeakTable<string, string> Replaced = [];

    /// <summary>Returns the ids of the principals that a document names, by ARN.</summary>
    /// <param name="unknown">The first principal whose ARN does not exist.</param>
    /// <returns>Null when there is such a principal.</returns>
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

    /// <summary>Returns the text as AWS shows and applies it: deleted principals appear as ids.</summary>
    /// <param name="ids">By ARN, from when the policy was stored.</param>
    public static string TextOf(string text, ImmutableDictionary<string, string>? ids, IPrincipalIds principals)
    {
        var gone = (ids ?? ImmutableDictionary<string, string>.Empty).RemoveRange(
            (ids?.Keys ?? []).Where(arn => principals.IdOf(arn) == ids![arn])
        );
        if (gone.IsEmpty)
            return text;
        return Same(text, ByIds(text, gone));
    }

    /// <summary>Returns the same string as for an earlier, equal <paramref name="now"/>, unless the document has changed since.</summary>
    internal static string Same(string text, string now)
    {
        if (Replaced.TryGetValue(text, out var before) && before == now)
            return before;
        Replaced.AddOrUpdate(text, now);
        return now;
    }

    /// <summary>Replaces ARNs by ids wherever the text names a principal.</summary>
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

    /// <summary>Finds the strings of the elements Principal and NotPrincipal, with their quotes, in any form of escaping.</summary>
    private static List<(int Start, int Length, string Value)> PrincipalTexts(byte[] utf8)
    {
        const int DeepestStatementKey = 3; // in a list of statements; conditions are deeper
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
