using Daybreak.Explaining;

namespace Daybreak.Cli.Text;

/// <summary>Formats the stages of an invocation as text, with the fix for the first that fails.</summary>
internal static class InvocationText
{
    public static void Write(Explanation explanation, ExplanationWords words, TextWriter output)
    {
        foreach (var stage in explanation.Stages)
        {
            output.WriteLine($"{Mark(stage.State)} {stage.Name, -16} {stage.Text}");
            foreach (var hop in stage.Hops)
                output.WriteLine($"       {(hop.Passes ? "ok    " : "FAILED")} {hop.Text}");
        }
        output.WriteLine();
        var failed = explanation.Stages.Where(static stage => stage.State == StageState.Failed).ToList();
        if (failed.Count == 0)
        {
            var unseen = explanation.Stages.Any(static stage => stage.State == StageState.NotSeen);
            output.WriteLine(
                explanation.Works
                    ? words.Works(explanation) + $"{(unseen ? ", as far as can be seen from there" : "")}."
                    : "Not every stage could be checked."
            );
            return;
        }
        output.WriteLine(failed.Count == 1 ? "One stage fails." : $"{failed.Count} stages fail; this is about the first.");
        var steps = failed[0].Fix;
        for (var index = 0; index < steps.Length; index++)
            ExplanationText.WriteStep(
                steps[index],
                steps.Length == 1 ? "To fix it" : $"To fix it, step {index + 1} of {steps.Length}",
                output
            );
    }

    private static string Mark(StageState state) =>
        state switch
        {
            StageState.Ok => "ok    ",
            StageState.Failed => "FAILED",
            StageState.NotSeen => "  -   ",
            _ => "  ?   ",
        };
}
