using System.CommandLine;
using System.Text.Json;

namespace Daybreak.Cli;

/// <summary><c>explain</c>: why a call from SQL works or not, or whether a principal may do something; and what would change that.</summary>
internal sealed class ExplainCommand : CliCommand
{
    private readonly Argument<string?> database = new("DB") { Description = "DB instance, or DB cluster, from whose writer the call comes, by name or ARN; or postgresql://… of any server with the extension daybreak; left out with --aws", Arity = ArgumentArity.ZeroOrOne };
    private readonly Argument<string?> function = new("FUNCTION") { Description = "Name or ARN of the function, as the call names it", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> region = new("--region") { Description = "Region that the call names", HelpName = "REGION" };
    private readonly Option<string?> dbname = new("--dbname") { Description = "Database of the session; the cluster's unless said otherwise", HelpName = "NAME" };
    private readonly Option<string?> user = new("--user") { Description = "User of the session; the master user unless said otherwise", HelpName = "NAME" };
    private readonly Option<bool> diagram = new("--diagram") { Description = "Print the path of the call as a Mermaid drawing, with what is broken marked" };

    private readonly Option<bool> aws = new("--aws") { Description = "Ask real AWS instead, or what the environment names: check what a call from this machine would need, without making it" };
    private readonly Option<string?> profile = new("--profile") { Description = "With --aws: the profile whose credentials and Region are used", HelpName = "NAME" };

    private readonly Option<string?> principal = new("--principal")
    {
        Description = "Who: ARN of a user, role, session or root, as error messages show it; or a service such as rds.amazonaws.com",
        HelpName = "ARN",
    };

    private readonly Option<string?> action = new("--action") { Description = "What: lambda:InvokeFunction", HelpName = "SERVICE:ACTION" };

    private readonly Option<string?> resource = new("--resource") { Description = "On what: its ARN, or * for an action that has no resource", HelpName = "ARN" };

    private readonly Option<string[]> context = new("--context")
    {
        Description = "A context key that a condition asks for, such as aws:SourceArn=arn:…; may be given several times",
        HelpName = "KEY=VALUE",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<bool> json = new("--json") { Description = "Print the server's own answer, one JSON object" };
    private readonly EndpointOption port = EndpointOption.OrVariable();

    public ExplainCommand()
        : base(
            "explain",
            "Say, stage by stage, whether a database's call of a function works, and what mends it: in the running local AWS, from any server, or from this machine (--aws); or, with --principal, whether a principal may do something there. Exit code 6: it does not, or may not.",
            ("./daybreak explain my-cluster my-function", "extension, network, role, policies, function: each ok or not"),
            ("./daybreak explain my-cluster my-function --json | jq -r 'first(.stages[] | select(.state == \"failed\")).toMend[].commands[]' | sh", "mends the first thing that is broken"),
            ("./daybreak explain --aws my-function --region eu-central-1 --profile prod", "from this machine: credentials, DNS, TCP, TLS, clock, a DryRun"),
            ("./daybreak explain postgresql://app@db.example.com/orders my-function", "the same from that server, or all of it when it is a local cluster's"),
            ("./daybreak explain --principal arn:aws:iam::444455556666:role/rds-lambda-role --action lambda:InvokeFunction --resource arn:aws:lambda:us-east-1:444455556666:function:simple", "policies only"),
            ("./daybreak explain --principal … --json | jq -r '.toAllow[].commands[]' | sh", "does what it proposes"))
    {
        Arguments.Add(database);
        Arguments.Add(function);
        foreach (var option in (Option[])[region, dbname, user, diagram, aws, profile, principal, action, resource, context, json, port])
            Options.Add(option);
        Validators.Add(result =>
        {
            var ofAws = result.GetValue(aws);
            var ofCall = result.GetValue(ofAws ? database : function) is not null;
            var ofPolicy = new[] { principal, action, resource }.Count(option => result.GetResult(option) is not null);
            if (ofAws ? !ofCall || ofPolicy > 0 || result.GetValue(function) is not null : ofCall ? ofPolicy > 0 : ofPolicy < 3)
                result.AddError("Give DB and FUNCTION, or --aws and FUNCTION, or --principal, --action and --resource.");
            if (!ofAws && result.GetResult(profile) is not null)
                result.AddError("--profile is for --aws.");
        });
    }

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        if (parsed.GetValue(aws))
            return Show(parsed, await OutsideExplanation.OfThisMachineAsync(parsed.GetRequiredValue(database)!, parsed.GetValue(region), parsed.GetValue(profile), cancellation));
        if (parsed.GetValue(function) is { } of && parsed.GetRequiredValue(database)! is var server && OutsideExplanation.IsServer(server))
            return Show(parsed, await OutsideExplanation.OfServerAsync(server, of, parsed.GetValue(region), cancellation));
        using var client = new LocalAwsClient(parsed.GetValue(port));
        return parsed.GetValue(function) is { } called
            ? await ExplainInvocationAsync(parsed, client, parsed.GetRequiredValue(database)!, called, cancellation)
            : await ExplainPolicyAsync(parsed, client, cancellation);
    }

    private async Task<ExitCode> ExplainInvocationAsync(ParseResult parsed, LocalAwsClient client, string from, string called, CancellationToken cancellation)
    {
        var question = new Dictionary<string, string?>
        {
            ["database"] = from, ["function"] = called, ["region"] = parsed.GetValue(region), ["dbname"] = parsed.GetValue(dbname), ["user"] = parsed.GetValue(user),
        };
        return Show(parsed, await client.ExplainInvocationAsync(question.Where(static pair => pair.Value is not null).Select(static pair => KeyValuePair.Create(pair.Key, pair.Value!)), cancellation));
    }

    private ExitCode Show(ParseResult parsed, JsonElement answer)
    {
        var output = parsed.InvocationConfiguration.Output;
        if (parsed.GetValue(diagram))
            InvocationDiagram.Write(answer, output);
        else if (parsed.GetValue(json))
            output.WriteLine(answer.GetRawText());
        else
            InvocationText.Write(answer, output);
        return answer.GetProperty("works").GetBoolean() ? ExitCode.Ok : ExitCode.Denied;
    }

    private async Task<ExitCode> ExplainPolicyAsync(ParseResult parsed, LocalAwsClient client, CancellationToken cancellation)
    {
        var answer = await client.ExplainAsync(
            [
                new("principal", parsed.GetRequiredValue(principal)!),
                new("action", parsed.GetRequiredValue(action)!),
                new("resource", parsed.GetRequiredValue(resource)!),
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
