using System.CommandLine;
using Daybreak.Cli.LocalAws;

namespace Daybreak.Cli.Commands;

/// <summary><c>reset</c>: empties the running local AWS.</summary>
internal sealed class ResetCommand : CliCommand
{
    private readonly EndpointOption _port = new();

    public ResetCommand()
        : base(
            "reset",
            "Empty the running local AWS: every resource of every account and Region is deleted, even from a kept state directory.",
            ("./daybreak reset", "between two tests: the process keeps running, without its state"),
            ("curl -X POST http://127.0.0.1:4566/_daybreak/reset", "the same from anywhere")
        ) => Options.Add(_port);

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        using var client = new LocalAwsClient(parsed.GetValue(_port));
        await client.ResetAsync(cancellation);
        return ExitCode.Ok;
    }
}
