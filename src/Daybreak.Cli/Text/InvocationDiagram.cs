using System.Text.Json;

namespace Daybreak.Cli.Text;

/// <summary>
/// Draws the path of an invocation as a Mermaid flowchart: green stages pass, red ones fail, grey ones could not be checked yet, white ones
/// cannot be checked from there.
/// </summary>
/// <remarks>https://mermaid.js.org/syntax/flowchart.html</remarks>
internal static class InvocationDiagram
{
    public static void Write(JsonElement answer, TextWriter output)
    {
        output.WriteLine("flowchart TD");
        output.WriteLine($"    start([\"aws_lambda.invoke('{Text(answer, "function")}') in {Text(answer, "database")}\"])");
        var last = "start";
        var number = 0;
        foreach (var stage in answer.GetProperty("stages").EnumerateArray())
        {
            if (stage.TryGetProperty("hops", out var hops))
            {
                output.WriteLine($"    subgraph {Text(stage, "stage")}");
                foreach (var hop in hops.EnumerateArray())
                    WriteNode(Text(hop, "kind"), Text(hop, "text"), hop.GetProperty("passes").GetBoolean() ? "ok" : "failed");
                output.WriteLine("    end");
            }
            else
                WriteNode(Text(stage, "stage"), Text(stage, "text"), stage.GetProperty("state").GetString()!);
        }
        output.WriteLine("    classDef ok fill:#d9f2d9,stroke:#2e7d32,color:#000");
        output.WriteLine("    classDef failed fill:#f8d0d0,stroke:#c62828,stroke-width:3px,color:#000");
        output.WriteLine("    classDef notSeen fill:#ffffff,stroke:#9e9e9e,stroke-dasharray:4,color:#555");
        output.WriteLine("    classDef notReached fill:#eeeeee,stroke:#9e9e9e,color:#555");

        void WriteNode(string kind, string text, string state)
        {
            var node = $"n{++number}";
            output.WriteLine($"    {node}[\"{(state == "failed" ? "✗ " : "")}{kind}<br/>{text}\"]:::{state}");
            output.WriteLine($"    {last} {(state switch { "ok" => "-->", "notSeen" => "-.->", _ => "-.-x" })} {node}");
            last = node;
        }
    }

    // Mermaid reads a quoted label up to the next quote, and decodes entities in it.
    private static string Text(JsonElement element, string name) =>
        element
            .GetProperty(name)
            .GetString()!
            .Replace("&", "#amp;", StringComparison.Ordinal)
            .Replace("\"", "#quot;", StringComparison.Ordinal)
            .Replace("<", "#lt;", StringComparison.Ordinal);
}
