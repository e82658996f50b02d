using System.CommandLine;
using Daybreak.Cli.LocalAws;

namespace Daybreak.Cli.Commands;

/// <summary>A command whose help ends with examples.</summary>
internal abstract class CliCommand : Command
{
    /// <summary>An argument that starts with <c>@</c> is itself, as in <c>@aws-sdk/client-s3</c>, and not the name of a file with more of
    /// them.</summary>
    public static readonly ParserConfiguration Parsing = new() { ResponseFileTokenReplacer = null };

    protected CliCommand(string name, string description, params (string Line, string Meaning)[] examples)
        : base(name, description)
    {
        Examples = examples;
        SetAction(async (parsed, cancellation) => (int)await RunAsync(parsed, cancellation));
    }

    public IReadOnlyList<(string Line, string Meaning)> Examples { get; }

    protected abstract Task<ExitCode> RunAsync(ParseResult parsed, CancellationToken cancellation);
}
