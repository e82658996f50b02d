using System.Globalization;
using Daybreak.Cloud.Lambda.Runtime.Extensions;
using Daybreak.Cloud.Processes;

namespace Daybreak.Cloud.Lambda.Runtime.Logging;

/// <summary>The lines that Lambda itself writes into a function's log, in text format.</summary>
internal static class PlatformLine
{
    /// <param name="standIn">What runs in place of the runtime's version of its language, which AWS has; null: nothing does.</param>
    public static string InitStart(string runtimeVersion, string region, string? standIn) =>
        $"INIT_START Runtime Version: {runtimeVersion}\tRuntime Version ARN: arn:aws:lambda:{region}::runtime:{runtimeVersion}"
        + (standIn is null ? "\n" : $"\tDaybreak: runs on {standIn}\n");

    public static string Extension(ExtensionStatus extension) =>
        $"EXTENSION\tName: {extension.Name}\tState: {extension.State}\tEvents: [{string.Join(',', extension.Events)}]"
        + (extension.ErrorType is { } type ? $"\tError Type: {type}\n" : "\n");

    /// <param name="types">As in the request: <c>platform</c>.</param>
    public static string Subscription(string extension, string state, IEnumerable<string> types, bool isLogs) =>
        $"{(isLogs ? "LOGS" : "TELEMETRY")}\tName: {extension}\tState: {state}\t"
        + $"Types: [{string.Join(", ", types.Select(static type => char.ToUpperInvariant(type[0]) + type[1..]))}]\n";

    public static string Start(string requestId, string version) => $"START RequestId: {requestId} Version: {version}\n";

    public static string End(string requestId) => $"END RequestId: {requestId}\n";

    public static string TimedOut(DateTimeOffset time, string requestId, TimeSpan timeout) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{time.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.fff'Z'} {requestId} {ErrorPayload.TimedOutText(timeout)}\n\n"
        );

    public static string Exited(string requestId, ProcessExit exit, string errorType) =>
        $"RequestId: {requestId} Error: {ErrorPayload.ExitText(exit)}\n{errorType}\n";

    public static string Failed(string requestId, ExtensionFailure failure) =>
        $"RequestId: {requestId} Error: {failure.Reason}\n{failure.Type}\n";

    public static string InvalidEntrypoint(string requestId, string reason) =>
        $"RequestId: {requestId} Error: {reason}\nRuntime.InvalidEntrypoint\n";

    /// <summary>A line that AWS does not have: it explains why a host was not found.</summary>
    public static string RefusedName(string name, Uri? endpoint) =>
        $"Daybreak: {name} belongs to AWS and was not looked up, since calls to AWS stay on this machine. An SDK that does not know "
        + $"AWS_ENDPOINT_URL needs its endpoint set in the code: {endpoint?.GetLeftPart(UriPartial.Authority)}\n";

    public static string InitReport(TimeSpan duration, string phase, string? errorType) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"INIT_REPORT Init Duration: {duration.TotalMilliseconds:F2} ms\tPhase: {phase}\t"
                + $"Status: {(errorType is null ? "timeout" : "error\tError Type: " + errorType)}\n"
        );

    public static string Report(InvocationReport report, int memorySize)
    {
        var (requestId, duration, init, peakMemory, ending, errorType, _) = report;
        var billed = Math.Ceiling(duration.TotalMilliseconds + (init?.TotalMilliseconds ?? 0));
        var failure = ending switch
        {
            Ending.TimedOut => "Status: timeout",
            Ending.Failed => "Status: error\tError Type: " + errorType,
            _ => null,
        };
        var initText = init is { } value
            ? string.Create(CultureInfo.InvariantCulture, $"Init Duration: {value.TotalMilliseconds:F2} ms\t")
            : null;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"REPORT RequestId: {requestId}\tDuration: {duration.TotalMilliseconds:F2} ms\tBilled Duration: {billed:F0} ms\t"
                + $"Memory Size: {memorySize} MB\tMax Memory Used: {peakMemory} MB\t{initText}{failure}\n"
        );
    }
}
