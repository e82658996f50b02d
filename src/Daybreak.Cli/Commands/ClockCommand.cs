using System.CommandLine;
using Daybreak.Cli.LocalAws;

namespace Daybreak.Cli.Commands;

/// <summary><c>clock</c>: shows the clock of the local AWS and moves it.</summary>
internal sealed class ClockCommand : CliCommand
{
    private const string Usage = "Give nothing, advance DURATION, at TIME or real.";

    private readonly EndpointOption _port = EndpointOption.OrVariable();
    private readonly Argument<string[]> _words = new("MOVE")
    {
        Description = "advance DURATION (2m, 1h30m, 7d), at TIME (2026-12-31T23:59:00Z), or real; without it the clock is shown",
        Arity = ArgumentArity.ZeroOrMore,
    };

    public ClockCommand()
        : base(
            "clock",
            "Show or move the clock of the local AWS: retries, expiry and windows follow it, without waiting.",
            ("./daybreak clock", "what time it has"),
            ("./daybreak clock advance 2m", "what is due within two minutes happens now"),
            ("./daybreak clock at 2026-12-31T23:59:00Z", "in UTC"),
            ("./daybreak clock real", "back to the time of this machine")
        )
    {
        Options.Add(_port);
        Arguments.Add(_words);
        Validators.Add(result =>
        {
            if (result.GetValue(_words) is not (null or [] or ["advance" or "at", _] or ["real"]))
                result.AddError(Usage);
        });
    }

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        using var client = new LocalAwsClient(parsed.GetValue(_port));
        var move = parsed.GetValue(_words) switch
        {
            [var name, var value] => $"{name}={Uri.EscapeDataString(value)}",
            [var name] => name,
            _ => null,
        };
        parsed.InvocationConfiguration.Output.WriteLine(await client.ClockAsync(move, cancellation));
        return ExitCode.Ok;
    }
}
