using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Daybreak.Cli.LocalAws;
using Daybreak.Cli.Text;

namespace Daybreak.Cli.Commands;

/// <summary><c>status</c>: shows what runs, as text or as JSON.</summary>
internal sealed class StatusCommand : CliCommand
{
    private readonly EndpointOption _port = EndpointOption.OrVariable();
    private readonly Option<bool> _json = new("--json") { Description = "Print one JSON object" };
    private readonly Option<string?> _bridge = new("--bridge")
    {
        Description =
            "Show only the bridge that listens on this socket, of any PostgreSQL server (pg_stat_tmp/aws_lambda.sock in its data "
            + "directory)",
        HelpName = "SOCKET",
    };

    public StatusCommand()
        : base(
            "status",
            "Show whether the local AWS runs, what it holds, and the bridges of the PostgreSQL servers that were started here.",
            ("./daybreak status", "as text; exit code 4 when nothing runs"),
            ("./daybreak status --json | jq .pid", "for programs"),
            (
                "./daybreak status --bridge /var/lib/postgresql/15/main/pg_stat_tmp/aws_lambda.sock",
                "health and counters of a server's bridge"
            )
        )
    {
        Options.Add(_port);
        Options.Add(_json);
        Options.Add(_bridge);
    }

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var output = parsed.InvocationConfiguration.Output;
        if (parsed.GetValue(_bridge) is { } socket)
        {
            var answer = await RunningBridge.AskAsync(socket, cancellation);
            output.WriteLine(parsed.GetValue(_json) ? answer.GetRawText() : StatusText.OfBridge(answer));
            return ExitCode.Ok;
        }

        using var client = new LocalAwsClient(parsed.GetValue(_port));
        var status = await client.StatusAsync(cancellation) ?? throw LocalAwsClient.NotRunning(client.Endpoint);
        var keptState = status.GetProperty("keepsState").GetBoolean() ? status.GetProperty("stateDirectory").GetString() : null;
        var answers = await Task.WhenAll(
            RunningBridge.Sockets(keptState).Select(socket => RunningBridge.TryAskAsync(socket, cancellation))
        );
        var bridges = answers.OfType<JsonElement>().ToList();
        if (parsed.GetValue(_json))
        {
            var all = JsonObject.Create(status)!;
            all["bridges"] = new JsonArray([.. bridges.Select(answer => JsonObject.Create(answer))]);
            output.WriteLine(all.ToJsonString());
        }
        else
        {
            StatusText.Write(status, output);
            foreach (var answer in bridges)
                output.WriteLine(StatusText.OfBridge(answer));
        }

        return ExitCode.Ok;
    }
}
