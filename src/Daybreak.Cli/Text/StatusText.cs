using System.Globalization;
using System.Text.Json;

namespace Daybreak.Cli.Text;

/// <summary>Formats the server's status as text. Unknown members are ignored, so that versions may differ.</summary>
internal static class StatusText
{
    public static void Write(JsonElement status, TextWriter output)
    {
        Line(
            "Local AWS",
            $"{Text(status, "endpoint")}, version {Text(status, "version")}, process {Text(status, "pid")}, up {Uptime(status)}"
        );
        Line("Account", $"{Text(status, "accountId")}, default region {Text(status, "region")}");
        if (Text(status, "iam") is { Length: > 0 } iam)
            Line("IAM", iam);
        if (Text(status, "network") is { Length: > 0 } network)
            Line("Network", network);
        if (Text(status, "clock") is { Length: > 0 } clock and not "real")
            Line("Clock", $"MOVED: {clock}");
        Line("State", Text(status, "stateDirectory") + (Text(status, "keepsState") == "true" ? " (kept)" : " (temporary)"));
        if (Text(status, "isolation") is { Length: > 0 } isolation)
            Line("Functions", $"execution environments running: {Text(status, "environments")}, isolated by {isolation}");
        if (Text(status, "runtimes") is { Length: > 0 } runtimes)
            Line("Runtimes", runtimes);
        if (Text(status, "limits") is { Length: > 0 } limits)
            Line("Limits", limits);
        if (Text(status, "reach") is { Length: > 0 } reach)
            Line("AWS itself", reach);
        if (Text(status, "databases") is { Length: > 0 } databases)
            Line("Databases", databases);
        if (Text(status, "databaseAuthority") is { Length: > 0 } authority)
            Line("Their TLS", $"sslmode=verify-full sslrootcert={authority}");
        if (Text(status, "engineVersions") is { Length: > 0 } engines)
            Line("Engines", engines);
        if (status.TryGetProperty("forwards", out var forwards) && forwards.ValueKind == JsonValueKind.Array)
        {
            foreach (var forward in forwards.EnumerateArray())
                Line("Forward", Forward(forward));
        }
        if (status.TryGetProperty("services", out var services) && services.ValueKind == JsonValueKind.Object)
        {
            foreach (var service in services.EnumerateObject())
                Line(service.Name, Counts(service.Value));
        }

        void Line(string name, string value) => output.WriteLine($"{name, -11} {value}");
    }

    /// <summary>Formats the answer of <c>daybreak-bridge --status</c> as one line.</summary>
    public static string OfBridge(JsonElement status)
    {
        var failures =
            status.TryGetProperty("failures", out var counts) && counts.ValueKind == JsonValueKind.Object
                ? string.Join(", ", counts.EnumerateObject().Select(failure => $"{failure.Value.GetRawText()} {failure.Name}"))
                : "";
        return $"{"Bridge", -11} process {Text(status, "pid")}, {Text(status, "connections")} connections, {Text(status, "calls")} calls: "
            + $"{Text(status, "succeeded")} succeeded, {Text(status, "in_flight")} in flight, {Text(status, "abandoned")} abandoned"
            + (failures.Length > 0 ? $", failed: {failures}" : "");
    }

    private static string Forward(JsonElement forward) =>
        $"{Text(forward, "service")} to {Text(forward, "url")}"
        + (Text(forward, "profile") is { Length: > 0 } profile ? $", signed by profile {profile}" : "")
        + $": {Text(forward, "requests")} requests";

    private static string Text(JsonElement status, string name) =>
        status.TryGetProperty(name, out var value)
            ? value.ValueKind == JsonValueKind.String
                ? value.GetString()!
                : value.GetRawText()
            : "";

    private static string Counts(JsonElement service)
    {
        if (service.ValueKind != JsonValueKind.Object)
            return service.GetRawText();
        var counts = service.EnumerateObject().Select(kind => $"{kind.Value.GetRawText()} {kind.Name}").ToList();
        return counts.Count == 0 ? "nothing" : string.Join(", ", counts);
    }

    private static string Uptime(JsonElement status)
    {
        if (!status.TryGetProperty("uptimeSeconds", out var value) || !value.TryGetDouble(out var seconds))
            return "";
        var up = TimeSpan.FromSeconds(Math.Floor(seconds));
        return up.TotalDays >= 1
            ? up.ToString("d'd 'hh\\:mm\\:ss", CultureInfo.InvariantCulture)
            : up.ToString("hh\\:mm\\:ss", CultureInfo.InvariantCulture);
    }
}
