using System.CommandLine;
using System.Text.Json;

namespace Daybreak.Cli;

/// <summary><c>status</c>: what runs, for people or as JSON.</summary>
internal sealed class StatusCommand : CliCommand
{
    private readonly EndpointOption port = new();
    private readonly Option<bool> json = new("--json") { Description = "Print the server's own answer, one JSON object" };

    public StatusCommand()
        : base(
            "status",
            "Show whether the local AWS runs, and what it holds.",
            ("./daybreak status", "for people; exit code 4 when nothing runs"),
            ("./daybreak status --json | jq .pid", "for programs"))
    {
        Options.Add(port);
        Options.Add(json);
    }

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        using var client = new LocalAwsClient(parsed.GetValue(port));
        var status = await client.StatusAsync(cancellation) ?? throw LocalAwsClient.NotRunning(client.Endpoint);
        var output = parsed.InvocationConfiguration.Output;
        if (parsed.GetValue(json))
            output.WriteLine(status.GetRawText());
        else
            StatusText.Write(status, output);
        return ExitCode.Ok;
    }
}
