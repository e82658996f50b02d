using System.CommandLine;
using System.CommandLine.Help;
using Daybreak.Cli.Commands;
using Daybreak.Cli.Demo;
using Daybreak.Cli.LocalAws;

var root = new RootCommand("Daybreak: SQL that calls AWS Lambda, anywhere.")
{
    new DemoCommand(),
    new UpCommand(),
    new DownCommand(),
    new ResetCommand(),
    new StatusCommand(),
    new ClockCommand(),
    new EnvCommand(),
    new DeployCommand(),
    new InvokeCommand(),
    new DebugCommand(),
    new LogsCommand(),
    new ExplainCommand(),
    new AwsCommand(),
    new RuntimesCommand(),
};
foreach (var help in root.Options.OfType<HelpOption>())
    help.Action = new HelpWithExamples((HelpAction)help.Action!);

var parsed = root.Parse(AwsCommand.Separated(args), CliCommand.Parsing);
if (parsed.Errors.Count > 0)
{
    foreach (var error in parsed.Errors)
        Console.Error.WriteLine($"daybreak: {error.Message}");
    var path =
        parsed.CommandResult.Command is RuntimesAddCommand ? "runtimes add "
        : parsed.CommandResult.Command is RootCommand ? ""
        : parsed.CommandResult.Command.Name + " ";
    Console.Error.WriteLine($"See: {Installation.Command} {path}--help");
    return (int)ExitCode.Usage;
}

try
{
    // Only commands that have something to clean up handle signals.
    return await parsed.InvokeAsync(
        new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }
    );
}
catch (CommandFailedException failure)
{
    Console.Error.WriteLine($"daybreak: {failure.Message}");
    if (failure.Remedy is not null)
        Console.Error.WriteLine(failure.Remedy);
    return (int)failure.Code;
}
catch (OperationCanceledException)
{
    return (int)ExitCode.Interrupted;
}
#pragma warning disable CA1031 // The last frame of the program: any exception that reaches it is a bug and is shown as one.
catch (Exception bug)
#pragma warning restore CA1031
{
    Console.Error.WriteLine($"daybreak: unexpected error, please report it:\n{bug}");
    return (int)ExitCode.Bug;
}
