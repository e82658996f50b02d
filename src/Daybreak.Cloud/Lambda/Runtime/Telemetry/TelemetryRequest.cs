using System.Text.Json;

namespace Daybreak.Cloud.Lambda.Runtime.Telemetry;

/// <summary>A subscription to the Telemetry API or the Logs API, as AWS documents its members and their limits.</summary>
/// <param name="Names">The types as they were asked for.</param>
/// <param name="Destination">Where the records go by HTTP.</param>
/// <param name="Method">POST, or PUT of the Logs API.</param>
internal sealed record TelemetryRequest(
    TelemetrySchemas Schema,
    TelemetryTypes Types,
    IReadOnlyList<string> Names,
    Uri Destination,
    string Method,
    int MaxItems,
    int MaxBytes,
    TimeSpan Timeout
)
{
    private static readonly string[] Hosts = ["sandbox.localdomain", "sandbox", "127.0.0.1"];

    /// <summary>Whether the listener is at the address that only this environment has.</summary>
    public bool IsToSandbox => Destination.Host != "127.0.0.1";

    /// <param name="isLogs">Whether the Logs API is asked.</param>
    /// <param name="problems">Why it is refused; empty when it is not.</param>
    public static TelemetryRequest? Parse(ReadOnlyMemory<byte> body, bool isLogs, out string problems)
    {
        var found = new List<string>();
        TelemetryRequest? request = null;
        try
        {
            using var document = JsonDocument.Parse(body);
            request = Read(document.RootElement, isLogs, found);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException)
        {
            found.Add("the request body is no valid subscription");
        }
        problems = string.Join("; ", found);
        return found.Count == 0 ? request : null;
    }

    private static TelemetryRequest Read(JsonElement root, bool isLogs, List<string> problems)
    {
        var schema = SchemaOf(Text(root, "schemaVersion"), isLogs);
        if (schema == TelemetrySchemas.None)
            problems.Add("schemaVersion is not valid");
        var uri = DestinationOf(root, problems, out var method);
        string[] names = root.TryGetProperty("types", out var types)
            ? [.. types.EnumerateArray().Select(static name => name.GetString() ?? "").Distinct()]
            : [];
        if (names.Length == 0)
            problems.Add("types should not be empty");
        problems.AddRange(
            names.Where(static name => TypeOf(name) == TelemetryTypes.None).Select(static name => $"type {name} is not valid")
        );
        var buffering = root.TryGetProperty("buffering", out var given) ? given : default;
        return new TelemetryRequest(
            schema,
            names.Aggregate(TelemetryTypes.None, static (all, name) => all | TypeOf(name)),
            names,
            uri,
            isLogs ? method : "POST",
            Number(buffering, "maxItems", 10_000, 1_000, 10_000, problems),
            Number(buffering, "maxBytes", 262_144, 262_144, 1_048_576, problems),
            TimeSpan.FromMilliseconds(Number(buffering, "timeoutMs", 1_000, 25, 30_000, problems))
        );
    }

    private static TelemetrySchemas SchemaOf(string? version, bool isLogs) =>
        (isLogs, version) switch
        {
            (true, null or "2020-08-15") => TelemetrySchemas.Logs2020,
            (true, "2021-03-18") => TelemetrySchemas.Logs2021,
            (false, "2022-07-01") => TelemetrySchemas.Telemetry2022July,
            (false, "2022-12-13" or "2025-01-29") => TelemetrySchemas.Telemetry2022December,
            _ => TelemetrySchemas.None,
        };

    private static TelemetryTypes TypeOf(string name) =>
        name switch
        {
            "platform" => TelemetryTypes.Platform,
            "function" => TelemetryTypes.Function,
            "extension" => TelemetryTypes.Extension,
            _ => TelemetryTypes.None,
        };

    private static Uri DestinationOf(JsonElement root, List<string> problems, out string method)
    {
        method = "POST";
        if (!root.TryGetProperty("destination", out var destination))
        {
            problems.Add("destination is not provided");
            return null!;
        }
        if (Text(destination, "protocol") != "HTTP")
            problems.Add("destination protocol should be HTTP"); // TCP is not implemented
        if (Text(destination, "method") is { } asked && (method = asked) is not ("POST" or "PUT"))
            problems.Add("destination method should be POST or PUT");
        if (!Uri.TryCreate(Text(destination, "URI") ?? "", UriKind.Absolute, out var uri) || uri.Scheme != "http")
            problems.Add("URI is not valid");
        else if (!Hosts.Contains(uri.Host))
            problems.Add("URI host should be sandbox.localdomain");
        else if (uri.OriginalString.AsSpan("http://".Length + uri.Host.Length) is not [':', >= '0' and <= '9', ..])
            problems.Add("URI port is not provided");
        return uri!;
    }

    private static string? Text(JsonElement owner, string name) =>
        owner.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value.GetString() : null;

    private static int Number(JsonElement owner, string name, int otherwise, int least, int most, List<string> problems)
    {
        if (owner.ValueKind == JsonValueKind.Undefined || !owner.TryGetProperty(name, out var value))
            return otherwise;
        var number = value.GetInt32();
        if (number < least || number > most)
            problems.Add($"{name} should be between {least} and {most}");
        return number;
    }
}
