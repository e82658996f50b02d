using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Daybreak.Cloud.FrontDoor;
using Microsoft.AspNetCore.Http;

namespace Daybreak.Cloud.Lambda.Urls;

/// <summary>The event of a request to the URL of a function: payload format 2.0.
/// <see href="https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html#urls-payloads"/></summary>
internal static class UrlEvent
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="caller">Null when the URL is for everybody.</param>
    public static ReadOnlyMemory<byte> Of(
        HttpRequest request,
        UrlAddress address,
        FunctionUrl url,
        ReadOnlyMemory<byte> body,
        Caller? caller,
        string requestId,
        string traceId,
        DateTimeOffset time
    )
    {
        var buffer = new ArrayBufferWriter<byte>(1024 + body.Length);
        using var json = new Utf8JsonWriter(buffer, Plain);
        json.WriteStartObject();
        json.WriteString("version", "2.0");
        json.WriteString("routeKey", "$default");
        json.WriteString("rawPath", address.RawPath);
        json.WriteString("rawQueryString", address.RawQuery);
        WriteCookies(json, request);
        WriteHeaders(json, request, traceId);
        if (request.Query.Count > 0)
        {
            json.WriteStartObject("queryStringParameters");
            foreach (var (name, values) in request.Query)
                json.WriteString(name, string.Join(',', values.ToArray()));
            json.WriteEndObject();
        }
        json.WriteStartObject("requestContext");
        json.WriteString("accountId", caller?.AccountId ?? "anonymous");
        json.WriteString("apiId", url.UrlId);
        if (caller is not null)
            WriteCaller(json, caller);
        json.WriteString("domainName", $"{url.UrlId}.lambda-url.{url.Region}.on.aws");
        json.WriteString("domainPrefix", url.UrlId);
        json.WriteStartObject("http");
        json.WriteString("method", request.Method);
        json.WriteString("path", address.RawPath);
        json.WriteString("protocol", "HTTP/1.1");
        json.WriteString("sourceIp", SourceIp(request));
        json.WriteString("userAgent", request.Headers.UserAgent.ToString());
        json.WriteEndObject();
        json.WriteString("requestId", requestId);
        json.WriteString("routeKey", "$default");
        json.WriteString("stage", "$default");
        json.WriteString("time", time.UtcDateTime.ToString("dd/MMM/yyyy:HH:mm:ss '+0000'", CultureInfo.InvariantCulture));
        json.WriteNumber("timeEpoch", time.ToUnixTimeMilliseconds());
        json.WriteEndObject();
        var isText = body.IsEmpty || IsText(request.ContentType, body.Span);
        if (!body.IsEmpty)
        {
            if (isText)
                json.WriteString("body", body.Span);
            else
                json.WriteBase64String("body", body.Span);
        }
        json.WriteBoolean("isBase64Encoded", !isText);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    private static void WriteCookies(Utf8JsonWriter json, HttpRequest request)
    {
        if (request.Headers.Cookie.Count == 0)
            return;
        json.WriteStartArray("cookies");
        foreach (
            var cookie in request.Headers.Cookie.SelectMany(static header => (header ?? "").Split(';', StringSplitOptions.TrimEntries))
        )
        {
            if (cookie.Length > 0)
                json.WriteStringValue(cookie);
        }
        json.WriteEndArray();
    }

    private static void WriteHeaders(Utf8JsonWriter json, HttpRequest request, string traceId)
    {
        var headers = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, values) in request.Headers)
            headers[name.ToLowerInvariant()] = string.Join(',', values.ToArray());
        headers["x-amzn-trace-id"] = traceId;
        headers["x-forwarded-for"] = SourceIp(request);
        headers["x-forwarded-port"] = (request.Host.Port ?? 80).ToString(CultureInfo.InvariantCulture);
        headers["x-forwarded-proto"] = request.Scheme;
        json.WriteStartObject("headers");
        foreach (var (name, value) in headers)
            json.WriteString(name, value);
        json.WriteEndObject();
    }

    private static void WriteCaller(Utf8JsonWriter json, Caller caller)
    {
        json.WriteStartObject("authorizer");
        json.WriteStartObject("iam");
        json.WriteString("accessKey", caller.AccessKeyId);
        json.WriteString("accountId", caller.AccountId);
        json.WriteString("callerId", caller.UserId);
        json.WriteNull("cognitoIdentity");
        json.WriteNull("principalOrgId");
        json.WriteString("userArn", caller.Arn);
        json.WriteString("userId", caller.UserId);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static string SourceIp(HttpRequest request) =>
        request.HttpContext.Connection.RemoteIpAddress?.MapToIPv4().ToString() ?? "127.0.0.1";

    /// <summary>Whether AWS passes a body on as text: only these types, so not that of forms, nor a body without a type.</summary>
    private static bool IsText(string? contentType, ReadOnlySpan<byte> body)
    {
        var type = (contentType ?? "").Split(';')[0].Trim().ToLowerInvariant();
        var isText =
            type.StartsWith("text/", StringComparison.Ordinal)
            || type is "application/json" or "application/javascript" or "application/xml"
            || type.EndsWith("+json", StringComparison.Ordinal)
            || type.EndsWith("+xml", StringComparison.Ordinal);
        return isText && Utf8.IsValid(body);
    }
}
