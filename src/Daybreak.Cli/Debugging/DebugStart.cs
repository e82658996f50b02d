using System.Text.Json.Nodes;

namespace Daybreak.Cli.Debugging;

/// <summary>What the local AWS says of a session when it begins.</summary>
/// <param name="Command">What runs the function; the first is the program.</param>
internal sealed record DebugStart(
    string Function,
    string Version,
    string Runtime,
    string Handler,
    string RuntimeDirectory,
    IReadOnlyList<string> Command,
    IReadOnlyList<KeyValuePair<string, string>> Variables
)
{
    /// <summary>Host and port.</summary>
    public string RuntimeApi => Variables.First(static pair => pair.Key == "AWS_LAMBDA_RUNTIME_API").Value;

    /// <param name="line">The first line of the answer.</param>
    public static DebugStart Parse(string line)
    {
        var json = JsonNode.Parse(line)!;
        string Text(string name) => json[name]!.GetValue<string>();
        return new DebugStart(
            Text("function"),
            Text("version"),
            Text("runtime"),
            Text("handler"),
            Text("runtimeDirectory"),
            [.. json["command"]!.AsArray().Select(static word => word!.GetValue<string>())],
            [.. json["variables"]!.AsObject().Select(static pair => KeyValuePair.Create(pair.Key, pair.Value!.GetValue<string>()))]
        );
    }
}
