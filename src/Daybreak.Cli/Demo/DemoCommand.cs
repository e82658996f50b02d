using System.CommandLine;
using Daybreak.Cli.Commands;
using Daybreak.Cli.LocalAws;

namespace Daybreak.Cli.Demo;

/// <summary><c>demo</c>: runs the whole path with real parts, from psql to a Python function and back.</summary>
internal sealed class DemoCommand : CliCommand
{
    private readonly EndpointOption _port = new("Port of the local AWS on 127.0.0.1");
    private readonly PostgresPortOption _postgresPort = new();
    private readonly Option<bool> _exit = new("--exit") { Description = "End after the table instead of staying until Ctrl-C" };

    public DemoCommand()
        : base(
            "demo",
            "Start a local AWS, make an Aurora PostgreSQL cluster and a function in it, and call the one from the other.",
            ("./daybreak demo", "stays, so that you can go on with psql and the aws CLI"),
            ("./daybreak demo --exit", "prints the table and removes everything"),
            ("./daybreak demo --port 4570 --pg-port 5440", "where the usual ports are taken")
        )
    {
        Options.Add(_port);
        Options.Add(_postgresPort);
        Options.Add(_exit);
    }

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var installation = Installation.FindPostgres();
        using var termination = new Termination();
        var steps = Steps.On(Console.Error, visible: !Console.IsErrorRedirected);
        var output = parsed.InvocationConfiguration.Output;
        await using var stage = new DemoStage(steps, installation, termination);
        try
        {
            await stage.SetAsync(parsed.GetValue(_port), _postgresPort.Choose(parsed));
            output.Write(await stage.CallAsync());
            output.Flush();
            if (parsed.GetValue(_exit))
                return ExitCode.Ok;

            output.Write(stage.WaysToGoOn());
            output.Flush();
            await stage.StayAsync();
            return ExitCode.Ok;
        }
        catch (OperationCanceledException) when (termination.Asked.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }
    }
}
