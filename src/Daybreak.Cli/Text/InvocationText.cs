using System.Text.Json;

namespace Daybreak.Cli.Text;

/// <summary>Formats the stages of an invocation as text, with the fix for the first that fails.</summary>
internal static class InvocationText
{
    public static void Write(JsonElement answer, TextWriter output)
    {
        var stages = answer.GetProperty("stages").EnumerateArray().ToList();
        foreach (var stage in stages)
        {
            output.WriteLine(
                $"{Mark(stage.GetProperty("state").GetString()!)} {stage.GetProperty("stage").GetString(), -16} "
                    + $"{stage.GetProperty("text").GetString()}"
            );
            if (stage.TryGetProperty("hops", out var hops))
                WriteHops(hops, output);
        }
        output.WriteLine();
        var failed = stages.Where(static stage => stage.GetProperty("state").GetString() == "failed").ToList();
        var unseen = stages.Any(static stage => stage.GetProperty("state").GetString() == "notSeen");
        if (failed.Count == 0 && !answer.GetProperty("works").GetBoolean())
        {
            output.WriteLine("Not every stage could be checked.");
            return;
        }
        if (failed.Count == 0)
        {
            output.WriteLine(
                $"aws_lambda.invoke reaches {answer.GetProperty("function").GetString()} from "
                    + $"{answer.GetProperty("database").GetString()}{(unseen ? ", as far as can be seen from there" : "")}."
            );
            return;
        }
        output.WriteLine(failed.Count == 1 ? "One stage fails." : $"{failed.Count} stages fail; this is about the first.");
        var steps = failed[0].GetProperty("toMend").EnumerateArray().ToList();
        for (var index = 0; index < steps.Count; index++)
            ExplanationText.WriteStep(
                steps[index],
                steps.Count == 1 ? "To fix it" : $"To fix it, step {index + 1} of {steps.Count}",
                output
            );
    }

    private static void WriteHops(JsonElement hops, TextWriter output)
    {
        foreach (var hop in hops.EnumerateArray())
            output.WriteLine(
                $"       {(hop.GetProperty("passes").GetBoolean() ? "ok    " : "FAILED")} {hop.GetProperty("text").GetString()}"
            );
    }

    private static string Mark(string state) =>
        state switch
        {
            "ok" => "ok    ",
            "failed" => "FAILED",
            "notSeen" => "  -   ",
            _ => "  ?   ",
        };
}
