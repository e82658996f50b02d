using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Daybreak.Cli.Debugging;
using Daybreak.Cli.Functions;
using Daybreak.Cli.LocalAws;

namespace Daybreak.Cli.Commands;

/// <summary><c>debug</c>: has a process that the user starts in a debugger serve a function.</summary>
internal sealed class DebugCommand : CliCommand
{
    private readonly Argument<string> _name = new("NAME") { Description = "Name of the function" };
    private readonly Argument<string[]> _command = new("COMMAND")
    {
        Description = $"Start this with the function's variables; the word {DebuggedProcess.Place} stands for the runtime's own file",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string> _directory = new("--dir")
    {
        Description = "Directory of the function's code [default: the current one]",
        HelpName = "DIR",
        DefaultValueFactory = static _ => ".",
    };

    private readonly Option<string?> _qualifier = new("--qualifier")
    {
        Description = "Version or alias [default: $LATEST]",
        HelpName = "QUALIFIER",
    };
    private readonly Option<int?> _runtimePort = new("--runtime-port")
    {
        Description = "Port of the Runtime API on 127.0.0.1 [default: any free one]",
        HelpName = "PORT",
    };

    private readonly Option<bool> _json = new("--json")
    {
        Description = "Print one JSON object a line: what the process needs, then what happens",
    };
    private readonly Option<string> _region = new("--region")
    {
        Description = "Where the function is",
        HelpName = "REGION",
        DefaultValueFactory = static _ => LocalAwsVariables.Region,
    };

    private readonly EndpointOption _port = EndpointOption.OrVariable();

    public DebugCommand()
        : base(
            "debug",
            "Have a process that you start in a debugger serve a function, without a time-out, until Ctrl-C.",
            ("./daybreak debug price", "how to start it, in a shell and in VS Code"),
            ("./daybreak debug price -- python3 -m debugpy --listen 5678 --wait-for-client {}", "starts it; attach an editor to 5678"),
            ("./daybreak debug price -- node --inspect-brk {}", "the same for Node.js")
        )
    {
        Arguments.Add(_name);
        Arguments.Add(_command);
        Options.Add(_directory);
        Options.Add(_qualifier);
        Options.Add(_runtimePort);
        Options.Add(_json);
        Options.Add(_region);
        Options.Add(_port);
    }

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        using var termination = new Termination();
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation, termination.Asked);
        var (name, region, asJson) = (parsed.GetRequiredValue(_name), parsed.GetRequiredValue(_region), parsed.GetValue(_json));
        var command = parsed.GetValue(_command) ?? [];
        var source = FunctionSource.At(parsed.GetRequiredValue(_directory));
        using var api = new LocalAwsApi(EndpointOption.UriOf(parsed.GetValue(_port)), region, TimeProvider.System, ended.Token);
        var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
        try
        {
            // 1. The session, which lasts as long as this connection.
            using var answer = await api.OpenAsync(Path(parsed, name, source.Directory, command.Length > 0));
            if (answer.Refusal is { } refusal)
                throw refusal.IsNotFound && parsed.GetValue(_qualifier) is null
                    ? await KnownFunctions.MissingAsync(api, name, region)
                    : refusal.Failure();
            var first =
                await answer.ReadLineAsync() ?? throw new CommandFailedException(ExitCode.Failure, "The local AWS ended the session.");
            var start = DebugStart.Parse(first);
            if (
                !new HandlerSearch(source, source.Files()).Has(start.Handler)
                && !start.Runtime.StartsWith("provided", StringComparison.Ordinal)
            )
                throw new CommandFailedException(
                    ExitCode.Usage,
                    $"{source.Directory} has no file for the handler {start.Handler}.",
                    "Say where the code is: --dir DIR"
                );

            // 2. What the developer needs, or the command itself.
            using var files = new DebugFiles(start);
            if (asJson)
                output.WriteLine(first);
            else if (command.Length == 0)
                output.WriteLine(DebugInstructions.Of(start, files, source.Directory));
            output.Flush();
            var running = command.Length > 0 ? DebuggedProcess.RunAsync(command, start, source.Directory, ended.Token) : null;

            // 3. What happens, until somebody ends it.
            var telling = TellAsync(answer, asJson ? output : error, asJson, ended.Token);
            if (running is null)
                await telling;
            else
            {
                await Task.WhenAny(running, telling);
                await ended.CancelAsync();
                var code = await running;
                return termination.Asked.IsCancellationRequested ? ExitCode.Ok : (ExitCode)code;
            }
            throw new CommandFailedException(ExitCode.Failure, "The local AWS ended the session: the function is gone, or it ends itself.");
        }
        catch (OperationCanceledException) when (termination.Asked.IsCancellationRequested)
        {
            return ExitCode.Ok;
        }
    }

    private string Path(ParseResult parsed, string name, string directory, bool isAttended)
    {
        var query = new List<(string Name, string Value)> { ("function", name), ("directory", directory) };
        if (isAttended)
            query.Add(("attended", "true"));
        if (parsed.GetValue(_qualifier) is { } qualifier)
            query.Add(("qualifier", qualifier));
        if (parsed.GetValue(_runtimePort) is { } port)
            query.Add(("port", port.ToString(CultureInfo.InvariantCulture)));
        return "/_daybreak/debug?" + string.Join('&', query.Select(static pair => $"{pair.Name}={Uri.EscapeDataString(pair.Value)}"));
    }

    private static async Task TellAsync(LinesAnswer answer, TextWriter writer, bool asJson, CancellationToken cancellation)
    {
        while (await answer.ReadLineAsync() is { } line)
        {
            cancellation.ThrowIfCancellationRequested();
            writer.WriteLine(asJson ? line : Text(JsonNode.Parse(line)!));
            writer.Flush();
        }
    }

    private static string Text(JsonNode happened)
    {
        var id = happened["requestId"]?.GetValue<string>();
        return happened["event"]!.GetValue<string>() switch
        {
            "attached" => "Attached: calls go to your process.",
            "detached" => "Detached: calls are served as before.",
            "invocation" => $"{id}: your process has it.",
            "answered" => string.Create(CultureInfo.InvariantCulture, $"{id}: answered after {happened["milliseconds"]} ms."),
            "lost" => $"{id}: your process ended without an answer.",
            var other => other,
        };
    }
}
