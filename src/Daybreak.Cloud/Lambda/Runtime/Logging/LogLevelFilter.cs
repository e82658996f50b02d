using System.Globalization;
using System.Text.Json;

namespace Daybreak.Cloud.Lambda.Runtime.Logging;

/// <summary>
/// Leaves out lines of a function that logs JSON and are below its ApplicationLogLevel. As AWS documents it, a line has the level that it
/// names if it is a JSON object that also has a time, and INFO otherwise. What runtimes write as frames they have filtered themselves.
/// </summary>
/// <param name="lowest">The function's ApplicationLogLevel.</param>
internal sealed class LogLevelFilter(string lowest)
{
    private static readonly string[] Levels = ["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"];
    private static readonly int Info = Array.IndexOf(Levels, "INFO");
    private static readonly string[] Times = ["timestamp", "time", "@timestamp"];

    private readonly int _lowest = Array.IndexOf(Levels, lowest);

    public bool Passes(ReadOnlySpan<byte> line) => _lowest <= 0 || LevelOf(line) >= _lowest;

    private static int LevelOf(ReadOnlySpan<byte> line)
    {
        if (line.IsEmpty || line.TrimStart(" \t"u8) is not [(byte)'{', ..])
            return Info;
        try
        {
            var reader = new Utf8JsonReader(line);
            if (!JsonDocument.TryParseValue(ref reader, out var document))
                return Info;
            using (document)
            {
                var root = document.RootElement;
                if (
                    !root.TryGetProperty("level", out var level)
                    || level.ValueKind != JsonValueKind.String
                    || !Times.Any(time => IsTime(root, time))
                )
                    return Info;
                var name = level.GetString()!; // Python's WARNING is WARN
                var index = Array.FindIndex(Levels, one => name.StartsWith(one, StringComparison.OrdinalIgnoreCase));
                return index < 0 ? Info : index;
            }
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return Info; // it only looks like JSON
        }
    }

    private static bool IsTime(JsonElement root, string name) =>
        root.TryGetProperty(name, out var time)
        && time.ValueKind == JsonValueKind.String
        && time.GetString() is { Length: >= 20 } text
        && char.IsAsciiDigit(text[0])
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _);
}
