using System.CommandLine;
using System.Text.Json;
using Daybreak.Cli.LocalAws;
using Daybreak.Cli.Text;
using Daybreak.Explaining;

namespace Daybreak.Cli.Commands;

/// <summary>
/// <c>explain</c>: explains why a call from SQL works or not, or whether a principal may do something, and how to change that.
/// </summary>
internal sealed class ExplainCommand : CliCommand
{
    private readonly Argument<string?> _database = new("DB")
    {
        Description =
            "DB instance, or DB cluster, from whose writer the call comes, by name or ARN; or postgresql://… of any server with the "
            + "extension daybreak; left out with --aws",
        Arity = ArgumentArity.ZeroOrOne,
    };
    private readonly Argument<string?> _function = new("FUNCTION")
    {
        Description = "Name or ARN of the function, as the call names it",
        Arity = ArgumentArity.ZeroOrOne,
    };
    private readonly Option<string?> _region = new("--region") { Description = "Region that the call names", HelpName = "REGION" };
    private readonly Option<string?> _dbname = new("--dbname")
    {
        Description = "Database of the session; the cluster's unless said otherwise",
        HelpName = "NAME",
    };
    private readonly Option<string?> _user = new("--user")
    {
        Description = "User of the session; the master user unless said otherwise",
        HelpName = "NAME",
    };
    private readonly Option<bool> _diagram = new("--diagram")
    {
        Description = "Print the path of the call as a Mermaid drawing, with what is broken marked",
    };

    private readonly Option<bool> _aws = new("--aws")
    {
        Description =
            "Ask real AWS instead, or what the environment names: check what a call from this machine would need, without making it",
    };
    private readonly Option<string?> _from = new("--from")
    {
        Description = "A function in a VPC: check whether it reaches DB, or in place of DB the API of a service such as lambda",
        HelpName = "FUNCTION",
    };
    private readonly Option<string?> _profile = new("--profile")
    {
        Description = "With --aws: the profile whose credentials and Region are used",
        HelpName = "NAME",
    };

    private readonly Option<string?> _principal = new("--principal")
    {
        Description = "Who: ARN of a user, role, session or root, as error messages show it; or a service such as rds.amazonaws.com",
        HelpName = "ARN",
    };

    private readonly Option<string?> _action = new("--action") { Description = "What: lambda:InvokeFunction", HelpName = "SERVICE:ACTION" };

    private readonly Option<string?> _resource = new("--resource")
    {
        Description = "On what: its ARN, or * for an action that has no resource",
        HelpName = "ARN",
    };

    private readonly Option<string[]> _context = new("--context")
    {
        Description = "A context key that a condition asks for, such as aws:SourceArn=arn:…; may be given several times",
        HelpName = "KEY=VALUE",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<bool> _json = new("--json") { Description = "Print the server's own answer, one JSON object" };
    private readonly EndpointOption _port = EndpointOption.OrVariable();

    public ExplainCommand()
        : base(
            "explain",
            "Explain, stage by stage, whether a database's call of a function works, and how to fix it: in the running local AWS, from "
                + "any server, or from this machine (--aws); or, with --principal, whether a principal may do something there. "
                + "Exit code 6: it does not, or may not.",
            ("./daybreak explain my-cluster my-function", "extension, network, role, policies, function: each ok or not"),
            (
                "./daybreak explain my-cluster my-function --json | jq -r 'first(.stages[] | select(.state == "
                    + "\"failed\")).toMend[].commands[]' | sh",
                "fixes the first stage that fails"
            ),
            ("./daybreak explain --from my-function my-cluster", "whether a function in a VPC reaches a database; sts: the API of STS"),
            (
                "./daybreak explain --aws my-function --region eu-central-1 --profile prod",
                "from this machine: credentials, DNS, TCP, TLS, clock, a DryRun"
            ),
            (
                "./daybreak explain postgresql://app@db.example.com/orders my-function",
                "the same from that server, or all of it when it is a local cluster's"
            ),
            (
                "./daybreak explain --principal arn:aws:iam::444455556666:role/rds-lambda-role --action lambda:InvokeFunction "
                    + "--resource arn:aws:lambda:us-east-1:444455556666:function:simple",
                "policies only"
            ),
            ("./daybreak explain --principal … --json | jq -r '.toAllow[].commands[]' | sh", "applies what it proposes")
        )
    {
        Arguments.Add(_database);
        Arguments.Add(_function);
        foreach (
            var option in (Option[])
                [_region, _dbname, _user, _diagram, _from, _aws, _profile, _principal, _action, _resource, _context, _json, _port]
        )
            Options.Add(option);
        Validators.Add(result =>
        {
            if (result.GetValue(_from) is not null)
            {
                var others = new Option[] { _aws, _dbname, _user, _profile, _principal, _action, _resource };
                if (
                    result.GetValue(_database) is null
                    || result.GetValue(_function) is not null
                    || others.Any(other => result.GetResult(other) is { Implicit: false })
                )
                    result.AddError("--from is for one DB or service, and no more than --region, --json or --diagram.");
                return;
            }
            var ofAws = result.GetValue(_aws);
            var ofCall = result.GetValue(ofAws ? _database : _function) is not null;
            var ofPolicy = new[] { _principal, _action, _resource }.Count(option => result.GetResult(option) is not null);
            if (
                ofAws ? !ofCall || ofPolicy > 0 || result.GetValue(_function) is not null
                : ofCall ? ofPolicy > 0
                : ofPolicy < 3
            )
                result.AddError("Give DB and FUNCTION, or --aws and FUNCTION, or --principal, --action and --resource.");
            if (!ofAws && result.GetResult(_profile) is not null)
                result.AddError("--profile is for --aws.");
        });
    }

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        if (parsed.GetValue(_aws))
            return Show(
                parsed,
                await OutsideExplanation.OfThisMachineAsync(
                    parsed.GetRequiredValue(_database)!,
                    parsed.GetValue(_region),
                    parsed.GetValue(_profile),
                    cancellation
                )
            );
        if (
            parsed.GetValue(_function) is { } of
            && parsed.GetRequiredValue(_database)! is var server
            && OutsideExplanation.IsServer(server)
        )
            return Show(parsed, await OutsideExplanation.OfServerAsync(server, of, parsed.GetValue(_region), cancellation));
        using var client = new LocalAwsClient(parsed.GetValue(_port));
        if (parsed.GetValue(_from) is { } from)
            return await ExplainReachAsync(parsed, client, from, parsed.GetRequiredValue(_database)!, cancellation);
        return parsed.GetValue(_function) is { } called
            ? await ExplainInvocationAsync(parsed, client, parsed.GetRequiredValue(_database)!, called, cancellation)
            : await ExplainPolicyAsync(parsed, client, cancellation);
    }

    private async Task<ExitCode> ExplainInvocationAsync(
        ParseResult parsed,
        LocalAwsClient client,
        string from,
        string called,
        CancellationToken cancellation
    )
    {
        var question = new Dictionary<string, string?>
        {
            ["database"] = from,
            ["function"] = called,
            ["region"] = parsed.GetValue(_region),
            ["dbname"] = parsed.GetValue(_dbname),
            ["user"] = parsed.GetValue(_user),
        };
        return Show(
            parsed,
            await client.ExplainInvocationAsync(
                question.Where(static pair => pair.Value is not null).Select(static pair => KeyValuePair.Create(pair.Key, pair.Value!)),
                cancellation
            )
        );
    }

    private async Task<ExitCode> ExplainReachAsync(
        ParseResult parsed,
        LocalAwsClient client,
        string from,
        string target,
        CancellationToken cancellation
    )
    {
        var question = new Dictionary<string, string> { ["function"] = from, ["target"] = target };
        if (parsed.GetValue(_region) is { } region)
            question["region"] = region;
        return Show(parsed, await client.ExplainReachAsync(question, cancellation), ExplanationWords.OfReach);
    }

    private ExitCode Show(ParseResult parsed, JsonElement answer, ExplanationWords? words = null)
    {
        words ??= ExplanationWords.OfInvocation;
        var output = parsed.InvocationConfiguration.Output;
        var explanation = ExplanationJson.Read(answer);
        if (parsed.GetValue(_diagram))
            InvocationDiagram.Write(explanation, words, output);
        else if (parsed.GetValue(_json))
            output.WriteLine(answer.GetRawText());
        else
            InvocationText.Write(explanation, words, output);
        return explanation.Works ? ExitCode.Ok : ExitCode.Denied;
    }

    private async Task<ExitCode> ExplainPolicyAsync(ParseResult parsed, LocalAwsClient client, CancellationToken cancellation)
    {
        var answer = await client.ExplainAsync(
            [
                new("principal", parsed.GetRequiredValue(_principal)!),
                new("action", parsed.GetRequiredValue(_action)!),
                new("resource", parsed.GetRequiredValue(_resource)!),
                .. parsed.GetRequiredValue(_context).Select(static pair => new KeyValuePair<string, string>("context", pair)),
            ],
            cancellation
        );
        var output = parsed.InvocationConfiguration.Output;
        if (parsed.GetValue(_json))
            output.WriteLine(answer.GetRawText());
        else
            ExplanationText.Write(answer, output);
        return answer.GetProperty("decision").GetString() == "allowed" ? ExitCode.Ok : ExitCode.Denied;
    }
}
