using System.Globalization;
using System.Text;

namespace Daybreak.Cloud.Lambda.Runtime.Api;

/// <summary>The replies of the Runtime API, ready to send, with the texts of AWS's runtime interface emulator.</summary>
internal static class RuntimeApiReply
{
    public static readonly byte[] Continue = "HTTP/1.1 100 Continue\r\n\r\n"u8.ToArray();

    public static readonly byte[] Accepted = Json("202 Accepted", """{"status":"OK"}""");

    public static readonly byte[] Pong = Json("200 OK", "pong", "text/plain; charset=utf-8");

    public static readonly byte[] InvalidRequestId = Error("400 Bad Request", "Invalid request ID", "InvalidRequestID");

    public static readonly byte[] InvalidResponseMode = Error(
        "400 Bad Request",
        "Invalid function response mode",
        "InvalidFunctionResponseMode"
    );

    public static readonly byte[] Truncated = Error(
        "400 Bad Request",
        "HTTP request detected as truncated",
        "TruncatedHTTPRequest",
        closes: true
    );

    public static readonly byte[] Malformed = Error("400 Bad Request", "HTTP request is malformed", "InvalidRequestFormat", closes: true);

    public static readonly byte[] HeadTooLarge = Error(
        "431 Request Header Fields Too Large",
        "HTTP request head is too large",
        "InvalidRequestFormat",
        closes: true
    );

    public static readonly byte[] TooLarge = Error(
        "413 Request Entity Too Large",
        $"Exceeded maximum allowed payload size ({PayloadLimits.Response.ToString(CultureInfo.InvariantCulture)} bytes).",
        "RequestEntityTooLarge"
    );

    public static readonly byte[] NotForWebPages = Error(
        "403 Forbidden",
        "The Runtime API answers its runtime, not web pages",
        "AccessDenied",
        closes: true
    );

    public static readonly byte[] NotFound = Json("404 Not Found", "404 page not found\n", "text/plain; charset=utf-8");

    public static byte[] InvalidTransition(string from, string to) =>
        Error(
            "403 Forbidden",
            $"State transition from {from} to {to} failed for runtime. Error: State transition is not allowed",
            "InvalidStateTransition"
        );

    private static byte[] Error(string status, string message, string type, bool closes = false) =>
        Json(status, $$"""{"errorMessage":"{{message}}","errorType":"{{type}}"}""", "application/json", closes);

    private static byte[] Json(string status, string body, string contentType = "application/json", bool closes = false) =>
        Encoding.UTF8.GetBytes(
            string.Create(
                CultureInfo.InvariantCulture,
                $"HTTP/1.1 {status}\r\nContent-Type: {contentType}\r\n"
                    + $"{(closes ? "Connection: close\r\n" : "")}Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}"
            )
        );
}
