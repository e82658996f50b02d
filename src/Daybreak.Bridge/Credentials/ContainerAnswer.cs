using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Daybreak.Aws;

namespace Daybreak.Bridge.Credentials;

/// <summary>The answer of a container endpoint.</summary>
/// <param name="Token">The token of the request.</param>
public sealed partial record ContainerAnswer(HttpStatusCode Status, byte[] Body, string? Token)
{
    // The ARN of a role has up to 600 characters, and a sentence may name two.
    private const int LongestText = 1536;

    public bool IsRefusal => (int)Status >= 300;

    /// <exception cref="FormatException">The answer contains no credentials.</exception>
    public AwsCredentials Credentials()
    {
        try
        {
            using var body = JsonDocument.Parse(Body);
            var answer = body.RootElement;
            return new AwsCredentials(
                answer.GetProperty("AccessKeyId").GetString()!,
                answer.GetProperty("SecretAccessKey").GetString()!,
                answer.GetProperty("Token").GetString(),
                answer.GetProperty("Expiration").GetDateTimeOffset()
            );
        }
        catch (Exception malformed) when (malformed is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new FormatException("no credentials", malformed);
        }
    }

    /// <summary>
    /// The <c>message</c> of a refusal, on one line; null when the answer is not a refusal or has none. Nothing else of an answer is ever
    /// shown, nor a message that repeats the token or contains an access key.
    /// </summary>
    public string? Refusal()
    {
        if (!IsRefusal)
            return null;
        try
        {
            using var body = JsonDocument.Parse(Body);
            return
                body.RootElement.ValueKind == JsonValueKind.Object
                && body.RootElement.TryGetProperty("message", out var message)
                && message.ValueKind == JsonValueKind.String
                && Printable(message.GetString()!) is { Length: > 0 } text
                && !HoldsSecret(text)
                ? text
                : null;
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    // The text generated for a record would contain the token.
    public override string ToString() => $"answer {(int)Status} of the container endpoint";

    private bool HoldsSecret(string text) =>
        AccessKey().IsMatch(text) || (Token is not null && text.Contains(Token, StringComparison.OrdinalIgnoreCase));

    private static string Printable(string text)
    {
        var shown = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (shown.Length >= LongestText)
                return shown.Append('…').ToString();
            if (Rune.IsControl(rune) || Rune.IsWhiteSpace(rune))
                shown.Append(' ');
            else
                shown.Append(rune.ToString());
        }
        return shown.ToString().Trim();
    }

    [GeneratedRegex("A[KS]IA[A-Z0-9]{12}")]
    private static partial Regex AccessKey();
}
