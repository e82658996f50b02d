using System.CommandLine;
using Daybreak.Cli.LocalAws;

namespace Daybreak.Cli.Commands;

/// <summary>
/// <c>env</c>: prints the variables that direct the <c>aws</c> CLI and every SDK to the local AWS. Works when nothing is running.
/// </summary>
internal sealed class EnvCommand : CliCommand
{
    private readonly EndpointOption _port = new();
    private readonly Option<Shell> _shell = new("--shell")
    {
        Description = "Syntax to print: posix (sh, bash, zsh), fish or powershell",
        DefaultValueFactory = _ => Shell.Posix,
    };

    public EnvCommand()
        : base(
            "env",
            "Print the environment variables that point the aws CLI and every AWS SDK at the local AWS.",
            ("eval \"$(./daybreak env)\"", "this shell now talks to the local AWS"),
            ("./daybreak env --shell fish | source", "the same in fish")
        )
    {
        Options.Add(_port);
        Options.Add(_shell);
    }

    private enum Shell
    {
        Posix,
        Fish,
        PowerShell,
    }

    protected override Task<ExitCode> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var output = parsed.InvocationConfiguration.Output;
        foreach (var (name, value) in LocalAwsVariables.For(EndpointOption.UriOf(parsed.GetValue(_port))))
        {
            output.WriteLine(
                parsed.GetValue(_shell) switch
                {
                    Shell.Fish => $"set -gx {name} {value}",
                    Shell.PowerShell => $"$env:{name} = '{value}'",
                    _ => $"export {name}={value}",
                }
            );
        }

        output.Flush();
        if (AwsCliVersion.Warning(cancellation) is { } warning)
            parsed.InvocationConfiguration.Error.WriteLine(
                $"daybreak: {warning} Type {Installation.Command} aws … instead of aws …, which runs it against the local AWS."
            );
        return Task.FromResult(ExitCode.Ok);
    }
}
