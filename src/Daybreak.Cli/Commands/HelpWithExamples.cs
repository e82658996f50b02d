using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Daybreak.Cli.LocalAws;

namespace Daybreak.Cli.Commands;

/// <summary>Prints the standard help, then the examples of the command.</summary>
internal sealed class HelpWithExamples(HelpAction standard) : SynchronousCommandLineAction
{
    // Help must work without the arguments that the command needs, since it explains them.
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var result = standard.Invoke(parseResult);
        var examples = parseResult.CommandResult.Command switch
        {
            CliCommand command => command.Examples,
            _ =>
            [
                ("./daybreak demo", "the whole path, once, in a minute"),
                ("./daybreak COMMAND --help", "options and examples of a command"),
            ],
        };
        var output = parseResult.InvocationConfiguration.Output;
        output.WriteLine("Examples:");
        // Where it is installed, it is typed without a directory.
        var typed = Installation.Command == "daybreak" ? "daybreak" : "./daybreak";
        var lines = examples.Select(example => example.Line.Replace("./daybreak", typed, StringComparison.Ordinal)).ToList();
        var width = lines.Max(line => line.Length);
        foreach (var (line, meaning) in lines.Zip(examples, (line, example) => (line, example.Meaning)))
            output.WriteLine($"  {line.PadRight(width)}  {meaning}");
        output.WriteLine();
        output.WriteLine("Exit codes: docs/cli.md");
        return result;
    }
}
