using Daybreak.Explaining;

namespace Daybreak.Cli.Text;

/// <summary>
/// Draws the path of an invocation as a Mermaid flowchart: green stages pass, red ones fail, grey ones could not be checked yet, white ones
/// cannot be checked from there.
/// </summary>
/// <remarks>https://mermaid.js.org/syntax/flowchart.html</remarks>
internal static class InvocationDiagram
{
    public static void Write(Explanation explanation, ExplanationWords words, TextWriter output)
    {
        output.WriteLine("flowchart TD");
        output.WriteLine($"    start([\"{Label(words.Start(explanation))}\"])");
        var last = "start";
        var number = 0;
        foreach (var stage in explanation.Stages)
        {
            if (stage.Hops.IsEmpty)
            {
                WriteNode(stage.Name, stage.Text, stage.State);
                continue;
            }
            output.WriteLine($"    subgraph {Label(stage.Name)}");
            foreach (var hop in stage.Hops)
                WriteNode(hop.Kind, hop.Text, hop.Passes ? StageState.Ok : StageState.Failed);
            output.WriteLine("    end");
        }
        output.WriteLine("    classDef ok fill:#d9f2d9,stroke:#2e7d32,color:#000");
        output.WriteLine("    classDef failed fill:#f8d0d0,stroke:#c62828,stroke-width:3px,color:#000");
        output.WriteLine("    classDef notSeen fill:#ffffff,stroke:#9e9e9e,stroke-dasharray:4,color:#555");
        output.WriteLine("    classDef notReached fill:#eeeeee,stroke:#9e9e9e,color:#555");

        void WriteNode(string kind, string text, StageState state)
        {
            var node = $"n{++number}";
            var mark = state == StageState.Failed ? "✗ " : "";
            output.WriteLine($"    {node}[\"{mark}{Label(kind)}<br/>{Label(text)}\"]:::{ExplanationJson.NameOf(state)}");
            output.WriteLine($"    {last} {(state switch { StageState.Ok => "-->", StageState.NotSeen => "-.->", _ => "-.-x" })} {node}");
            last = node;
        }
    }

    // Mermaid reads a quoted label up to the next quote, and entities in it.
    private static string Label(string text) =>
        text.Replace("&", "#amp;", StringComparison.Ordinal)
            .Replace("\"", "#quot;", StringComparison.Ordinal)
            .Replace("<", "#lt;", StringComparison.Ordinal);
}
