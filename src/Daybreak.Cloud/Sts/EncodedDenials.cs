using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Daybreak.Cloud.Policy;

namespace Daybreak.Cloud.Sts;

/// <summary>
/// The details of a denial that only authorized callers may see: its reason and statements. They are encrypted with a key that lasts as
/// long as the process, and only principals of the same account can decode them.
/// </summary>
/// <remarks>https://docs.aws.amazon.com/STS/latest/APIReference/API_DecodeAuthorizationMessage.html</remarks>
public sealed class EncodedDenials
{
    private const int NonceSize = 12;
    private const int TagSize = 16;

    // Only people read it.
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);

    /// <param name="keys">Context keys of the denied resource.</param>
    public string Encode(RequestContext request, Decision decision, ContextKeys? keys)
    {
        var text = Json(request, decision, keys ?? ContextKeys.None);
        var sealedText = new byte[NonceSize + text.Length + TagSize];
        var nonce = sealedText.AsSpan(0, NonceSize);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(_key, TagSize);
        aes.Encrypt(
            nonce,
            text,
            sealedText.AsSpan(NonceSize, text.Length),
            sealedText.AsSpan(NonceSize + text.Length),
            Reader(request.Principal.Account)
        );
        return Base64Url.EncodeToString(sealedText);
    }

    /// <summary>Returns the JSON document of a message; null when it is not valid, or not for this account.</summary>
    public string? Decode(string message, string accountId)
    {
        if (!Base64Url.IsValid(message))
            return null;
        var sealedText = Base64Url.DecodeFromChars(message);
        if (sealedText.Length < NonceSize + TagSize)
            return null;
        var text = new byte[sealedText.Length - NonceSize - TagSize];
        using var aes = new AesGcm(_key, TagSize);
        try
        {
            aes.Decrypt(
                sealedText.AsSpan(0, NonceSize),
                sealedText.AsSpan(NonceSize, text.Length),
                sealedText.AsSpan(NonceSize + text.Length),
                text,
                Reader(accountId)
            );
        }
        catch (CryptographicException)
        {
            return null;
        }
        return Encoding.UTF8.GetString(text);
    }

    private static byte[] Reader(string? accountId) => Encoding.UTF8.GetBytes(accountId ?? "");

    private static byte[] Json(RequestContext request, Decision decision, ContextKeys keys)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Plain))
        {
            json.WriteStartObject();
            json.WriteBoolean("allowed", false);
            json.WriteBoolean("explicitDeny", decision.Outcome == Outcome.ExplicitDeny);
            WriteItems(
                json,
                "matchedStatements",
                decision.Statements,
                static (json, matched) =>
                {
                    json.WriteStartObject();
                    json.WriteString("statementId", matched.Statement.Sid ?? "");
                    json.WriteString("effect", matched.Statement.Effect == Effect.Deny ? "DENY" : "ALLOW");
                    json.WriteString("sourcePolicyId", matched.Policy.Id);
                    json.WriteEndObject();
                }
            );
            WriteItems(json, "failures", Array.Empty<string>(), static (json, failure) => json.WriteStringValue(failure));
            json.WriteStartObject("context");
            json.WriteStartObject("principal");
            json.WriteString("id", request.Principal.UniqueId);
            json.WriteString("name", request.Principal.Arn[(request.Principal.Arn.LastIndexOfAny(['/', ':']) + 1)..]);
            json.WriteString("arn", request.Principal.Arn);
            json.WriteEndObject();
            json.WriteString("action", request.Action.Text);
            json.WriteString("resource", request.Resource);
            WriteItems(
                json,
                "conditions",
                keys.OrderBy(static key => key.Key, StringComparer.Ordinal),
                static (json, key) =>
                {
                    json.WriteStartObject();
                    json.WriteString("key", key.Key);
                    WriteItems(
                        json,
                        "values",
                        key.Value.OfType<string>(),
                        static (json, value) =>
                        {
                            json.WriteStartObject();
                            json.WriteString("value", value);
                            json.WriteEndObject();
                        }
                    );
                    json.WriteEndObject();
                }
            );
            json.WriteEndObject();
            json.WriteEndObject();
        }
        return buffer.ToArray();
    }

    private static void WriteItems<T>(Utf8JsonWriter json, string name, IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartObject(name);
        json.WriteStartArray("items");
        foreach (var item in items)
            write(json, item);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
