using Daybreak.Cloud.Lambda.Runtime.Extensions;

namespace Daybreak.Cloud.Lambda.Runtime.Telemetry;

/// <summary>The replies of the Telemetry API and the Logs API, ready to send.</summary>
internal static class TelemetryReply
{
    public static readonly byte[] Subscribed = ExtensionReply.Of("200 OK", "\"OK\"");

    public static readonly byte[] AlreadySubscribed = ExtensionReply.Of("200 OK", "\"Already subscribed\"");

    public static byte[] Closed(bool isLogs) =>
        ExtensionReply.Error(
            isLogs ? "Logs.SubscriptionClosed" : "Telemetry.SubscriptionClosed",
            $"{(isLogs ? "Logs" : "Telemetry")} API subscription is closed already"
        );

    public static byte[] Invalid(bool isLogs, string problems) =>
        ExtensionReply.Error(isLogs ? "Logs.ValidationError" : "ValidationError", problems, "400 Bad Request");
}
