using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Daybreak.Cloud.Lambda.Urls;

/// <summary>
/// What a function has answered to a request to its URL: status, headers, cookies and body in the form of payload format 2.0, or any other
/// JSON, which is then the body.
/// </summary>
internal sealed record UrlResponse(int Status, IReadOnlyList<KeyValuePair<string, string>> Headers, ReadOnlyMemory<byte> Body)
{
    private const string ContentType = "content-type";

    /// <summary>Headers that are about this connection; AWS sends those of functions under another name.</summary>
    private static readonly string[] Remapped =
    [
        "connection",
        "content-length",
        "date",
        "keep-alive",
        "proxy-authenticate",
        "server",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
    ];

    /// <summary>Null for a result that is no JSON, or has the form but wrong values.</summary>
    public static UrlResponse? Of(ReadOnlyMemory<byte> result)
    {
        try
        {
            using var document = JsonDocument.Parse(result);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("statusCode", out _))
                return new UrlResponse(200, [new(ContentType, "application/json")], result);
            return HeadOf(root) is var (status, headers) ? new UrlResponse(status, headers, BodyOf(root)) : null;
        }
        catch (Exception error) when (error is JsonException or FormatException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Status and headers that begin a response that streams; null when they are wrong.</summary>
    public static UrlResponse? OfPrelude(ReadOnlyMemory<byte> prelude)
    {
        try
        {
            using var document = JsonDocument.Parse(prelude);
            return document.RootElement.ValueKind == JsonValueKind.Object && HeadOf(document.RootElement) is var (status, headers)
                ? new UrlResponse(status, headers, default)
                : null;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Whether the status allows a body.</summary>
    public bool HasBody => Status is not (204 or 205 or 304);

    public void WriteHead(HttpResponse http)
    {
        http.StatusCode = Status;
        foreach (var (name, value) in Headers)
            http.Headers.Append(name, value);
    }

    private static (int Status, List<KeyValuePair<string, string>> Headers)? HeadOf(JsonElement root)
    {
        var status = 200;
        if (root.TryGetProperty("statusCode", out var code) && !IsStatus(code, out status))
            return null;
        var headers = new List<KeyValuePair<string, string>>();
        if (root.TryGetProperty("headers", out var given) && given.ValueKind == JsonValueKind.Object)
        {
            foreach (var header in given.EnumerateObject())
            {
                var value = Text(header.Value);
                if (!IsName(header.Name) || !IsValue(value))
                    return null;
                var name = header.Name.ToLowerInvariant();
                headers.Add(new(Remapped.Contains(name) ? $"x-amzn-Remapped-{name}" : header.Name, value));
            }
        }
        if (root.TryGetProperty("cookies", out var cookies) && cookies.ValueKind == JsonValueKind.Array)
        {
            foreach (var cookie in cookies.EnumerateArray())
            {
                var value = Text(cookie);
                if (!IsValue(value))
                    return null;
                headers.Add(new("Set-Cookie", value));
            }
        }
        if (!headers.Any(static header => header.Key.Equals(ContentType, StringComparison.OrdinalIgnoreCase)))
            headers.Add(new(ContentType, "application/json"));
        return (status, headers);
    }

    private static ReadOnlyMemory<byte> BodyOf(JsonElement root)
    {
        if (!root.TryGetProperty("body", out var body) || body.ValueKind == JsonValueKind.Null)
            return default;
        var isBase64 = root.TryGetProperty("isBase64Encoded", out var encoded) && encoded.ValueKind == JsonValueKind.True;
        return isBase64 ? body.GetBytesFromBase64()
            : body.ValueKind == JsonValueKind.String ? Encoding.UTF8.GetBytes(body.GetString()!)
            : Encoding.UTF8.GetBytes(body.GetRawText());
    }

    private static bool IsStatus(JsonElement code, out int status)
    {
        status = 0;
        return (
                code.ValueKind == JsonValueKind.Number
                    ? code.TryGetInt32(out status)
                    : code.ValueKind == JsonValueKind.String
                        && int.TryParse(code.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out status)
            ) && status is >= 200 and <= 599;
    }

    private static string Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    private static bool IsName(string name) =>
        name.Length > 0
        && name.All(static letter => char.IsAsciiLetterOrDigit(letter) || "!#$%&'*+-.^_`|~".Contains(letter, StringComparison.Ordinal));

    // Line breaks would begin another header.
    private static bool IsValue(string value) => value.All(static letter => letter is >= ' ' and <= '~' or '\t');
}
