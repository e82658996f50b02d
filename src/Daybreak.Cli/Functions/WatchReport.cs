using System.Globalization;
using System.Text.Json.Nodes;

namespace Daybreak.Cli.Functions;

/// <summary>Prints what a watch sees and does: a line each, or a JSON object.</summary>
internal sealed class WatchReport(TextWriter output, string function, bool asJson, TimeProvider time)
{
    private const int MostNames = 3;

    public void Deployed(IReadOnlyList<string> files, TimeSpan took) =>
        Write(
            "deployed",
            $"deployed {Names(files)} in {Milliseconds(took)} ms",
            ("files", new JsonArray([.. files.Select(static file => (JsonNode)file)])),
            ("milliseconds", Math.Round(took.TotalMilliseconds))
        );

    /// <summary>The last deployment goes on serving.</summary>
    public void Refused(string error) => Write("refused", $"not deployed, the code before serves on:\n{error}", ("error", error));

    public void Watching(string directory) => Write("watching", $"watching {directory}; Ctrl-C ends it", ("directory", directory));

    public void Note(string text) => Write("note", text, ("text", text));

    private static string Names(IReadOnlyList<string> files) =>
        files.Count <= MostNames
            ? string.Join(", ", files)
            : string.Create(CultureInfo.InvariantCulture, $"{string.Join(", ", files.Take(MostNames))} and {files.Count - MostNames} more");

    private static string Milliseconds(TimeSpan took) => took.TotalMilliseconds.ToString("F0", CultureInfo.InvariantCulture);

    private void Write(string kind, string line, params (string Name, JsonNode? Value)[] members)
    {
        if (asJson)
        {
            var json = new JsonObject { ["event"] = kind, ["function"] = function };
            foreach (var (name, value) in members)
                json[name] = value;
            output.WriteLine(json.ToJsonString());
        }
        else
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{time.GetLocalNow():HH:mm:ss} {function}: {line}"));
        output.Flush();
    }
}
