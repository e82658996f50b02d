using System.CommandLine;
using Daybreak.Cli.LocalAws;

namespace Daybreak.Cli.Commands;

/// <summary>
/// <c>logs</c>: prints the logs of database servers of the running local AWS, through the same API that the aws CLI uses.
/// </summary>
internal sealed class LogsCommand : CliCommand
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(300);

    private readonly Argument<string?> _name = new("NAME")
    {
        Description = "A DB instance, or a cluster for all of its instances [default: every instance]",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<bool> _follow = new("--follow", "-f") { Description = "Stay and print what is added, until Ctrl-C" };
    private readonly Option<string> _region = new("--region")
    {
        Description = "Where the instances are",
        HelpName = "REGION",
        DefaultValueFactory = static _ => LocalAwsVariables.Region,
    };

    private readonly EndpointOption _port = EndpointOption.OrVariable();

    public LogsCommand()
        : base(
            "logs",
            "Print the log files of database servers.",
            ("./daybreak logs", "of every instance, each under its name"),
            ("./daybreak logs demo-1 --follow", "of one, and what it goes on to write")
        )
    {
        Arguments.Add(_name);
        Options.Add(_follow);
        Options.Add(_region);
        Options.Add(_port);
    }

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        using var termination = new Termination();
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation, termination.Asked);
        using var api = new LocalAwsApi(
            EndpointOption.UriOf(parsed.GetValue(_port)),
            parsed.GetRequiredValue(_region),
            TimeProvider.System,
            ended.Token
        );
        var output = parsed.InvocationConfiguration.Output;
        var stays = parsed.GetValue(_follow);
        try
        {
            var logs = await DatabaseLog.FindAsync(api, parsed.GetValue(_name));
            DatabaseLog? last = null;
            do
            {
                foreach (var log in logs)
                {
                    await foreach (var text in log.ReadOnAsync(api))
                    {
                        // The same heading as tail prints for several files.
                        if (last != log && logs.Count > 1)
                            output.WriteLine($"{(last is null ? "" : "\n")}==> {log.Instance} {log.File} <==");
                        last = log;
                        output.Write(text);
                        output.Flush();
                    }
                }
                if (stays)
                    await Task.Delay(LookEvery, ended.Token);
            } while (stays);
            return ExitCode.Ok;
        }
        catch (OperationCanceledException) when (termination.Asked.IsCancellationRequested)
        {
            return stays ? ExitCode.Ok : ExitCode.Interrupted;
        }
    }
}
