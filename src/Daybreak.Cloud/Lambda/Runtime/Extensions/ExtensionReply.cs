using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Daybreak.Cloud.Lambda.Runtime.Extensions;

/// <summary>The replies of the Extensions API (2020-01-01), ready to send, with the texts of AWS's runtime interface emulator.</summary>
internal static class ExtensionReply
{
    public static readonly byte[] NoName = Error("Extension.InvalidExtensionName", "Empty extension name");

    public static readonly byte[] Closed = Error("Extension.RegistrationClosed", "Extension registration closed already");

    public static readonly byte[] Malformed = Error("InvalidRequestFormat", "The events of the extension are missing");

    public static readonly byte[] NoIdentifier = Error(
        "Extension.MissingExtensionIdentifier",
        "Missing Lambda-Extension-Identifier header"
    );

    public static readonly byte[] BadIdentifier = Error("Extension.InvalidExtensionIdentifier", "Invalid Lambda-Extension-Identifier");

    public static readonly byte[] UnknownIdentifier = Error("Extension.UnknownExtensionIdentifier", "Unknown extension identifier");

    public static readonly byte[] NoErrorType = Error("Extension.MissingHeader", "Lambda-Extension-Function-Error-Type not found");

    public static byte[] InvalidEvent(string name) => Error("Extension.InvalidEventType", $"{name}: ErrorInvalidEventType");

    public static byte[] TooMany(int most) => Error("Extension.TooManyExtensions", $"Extension limit ({most}) reached");

    public static byte[] Taken(string name) =>
        Error(
            "Extension.InvalidExtensionState",
            $"State transition from Registered to Register failed for extension {name}. Error: State transition is not allowed"
        );

    public static byte[] Registered(Extension extension, FunctionVersion function, bool withAccount)
    {
        var body = new JsonObject
        {
            ["functionName"] = function.FunctionName,
            ["functionVersion"] = function.Version,
            ["handler"] = function.Handler,
        };
        if (withAccount)
            body["accountId"] = function.AccountId;
        return Of("200 OK", body.ToJsonString(), $"Lambda-Extension-Identifier: {extension.Id}\r\n");
    }

    public static byte[] Invoke(RunningInvocation run) =>
        Event(
            new JsonObject
            {
                ["eventType"] = "INVOKE",
                ["deadlineMs"] = run.Deadline.ToUnixTimeMilliseconds(),
                ["requestId"] = run.Invocation.RequestId,
                ["invokedFunctionArn"] = run.Invocation.InvokedFunctionArn,
                ["tracing"] = new JsonObject { ["type"] = "X-Amzn-Trace-Id", ["value"] = run.TraceId },
            }
        );

    /// <param name="reason"><c>spindown</c>, <c>timeout</c> or <c>failure</c>.</param>
    public static byte[] Shutdown(string reason, DateTimeOffset deadline) =>
        Event(
            new JsonObject
            {
                ["eventType"] = "SHUTDOWN",
                ["shutdownReason"] = reason,
                ["deadlineMs"] = deadline.ToUnixTimeMilliseconds(),
            }
        );

    private static byte[] Event(JsonObject body) =>
        Of("200 OK", body.ToJsonString(), $"Lambda-Extension-Event-Identifier: {Guid.NewGuid()}\r\n");

    public static byte[] Error(string type, string message, string status = "403 Forbidden") =>
        Of(status, new JsonObject { ["errorMessage"] = message, ["errorType"] = type }.ToJsonString());

    public static byte[] Of(string status, string text, string headers = "") =>
        Encoding.UTF8.GetBytes(
            string.Create(
                CultureInfo.InvariantCulture,
                $"HTTP/1.1 {status}\r\nContent-Type: application/json\r\n{headers}"
                    + $"Content-Length: {Encoding.UTF8.GetByteCount(text)}\r\n\r\n{text}"
            )
        );
}
