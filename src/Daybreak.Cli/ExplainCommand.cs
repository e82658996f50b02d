using System.CommandLine;
using System.Text.Json;

namespace Daybreak.Cli;

/// <summary><c>explain</c>: why a principal may or may not do something, and what would change that.</summary>
internal sealed class ExplainCommand : CliCommand
{
    private readonly Option<string> principal = new("--principal")
    {
        Description = "Who: ARN of a user, role, session or root, as error messages show it; or a service such as rds.amazonaws.com",
        HelpName = "ARN",
        Required = true,
    };

    private readonly Option<string> action = new("--action") { Description = "What: lambda:InvokeFunction", HelpName = "SERVICE:ACTION", Required = true };

    private readonly Option<string> resource = new("--resource") { Description = "On what: its ARN, or * for an action that has no resource", HelpName = "ARN", Required = true };

    private readonly Option<string[]> context = new("--context")
    {
        Description = "A context key that a condition asks for, such as aws:SourceArn=arn:…; may be given several times",
        HelpName = "KEY=VALUE",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<bool> json = new("--json") { Description = "Print the server's own answer, one JSON object" };
    private readonly EndpointOption port = new();

    public ExplainCommand()
        : base(
            "explain",
            "Say whether a principal may do something in the running local AWS, which statements decide it, and what would allow it. Exit code 6: denied.",
            ("./daybreak explain --principal arn:aws:iam::444455556666:role/rds-lambda-role --action lambda:InvokeFunction --resource arn:aws:lambda:us-east-1:444455556666:function:simple", "for people"),
            ("./daybreak explain … --json | jq -r '.toAllow[].commands[]' | sh", "does what it proposes"))
    {
        Options.Add(principal);
        Options.Add(action);
        Options.Add(resource);
        Options.Add(context);
        Options.Add(json);
        Options.Add(port);
    }

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        using var client = new LocalAwsClient(parsed.GetValue(port));
        var answer = await client.ExplainAsync(
            [
                new("principal", parsed.GetRequiredValue(principal)),
                new("action", parsed.GetRequiredValue(action)),
                new("resource", parsed.GetRequiredValue(resource)),
                .. parsed.GetRequiredValue(context).Select(static pair => new KeyValuePair<string, string>("context", pair)),
            ],
            cancellation);
        var output = parsed.InvocationConfiguration.Output;
        if (parsed.GetValue(json))
            output.WriteLine(answer.GetRawText());
        else
            ExplanationText.Write(answer, output);
        return answer.GetProperty("decision").GetString() == "allowed" ? ExitCode.Ok : ExitCode.Denied;
    }
}
