using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Daybreak.Cli.Functions;
using Daybreak.Cli.LocalAws;

namespace Daybreak.Cli.Commands;

/// <summary><c>deploy</c>: makes a directory a function of the running local AWS, once or whenever a file is saved.</summary>
internal sealed class DeployCommand : CliCommand
{
    private readonly Argument<string> _directory = new("DIR")
    {
        Description = "The directory of the function, or its only file; a .zip or .jar is deployed as it is",
    };

    private readonly Option<string?> _name = new("--name")
    {
        Description = "Name of the function [default: that of DIR]",
        HelpName = "NAME",
    };
    private readonly Option<string?> _handler = new("--handler")
    {
        Description = "Handler, such as app.main [default: what the function has, or what the files define]",
        HelpName = "HANDLER",
    };

    private readonly Option<string?> _runtime = new("--runtime")
    {
        Description = "Runtime, such as python3.13 [default: what the function has, or this machine's version of the language]",
        HelpName = "RUNTIME",
    };

    private readonly Option<string?> _role = new("--role")
    {
        Description = "Name or ARN of a role that exists [default: NAME-role, made where it is missing, which may write logs]",
        HelpName = "ROLE",
    };

    private readonly Option<string[]> _env = new("--env")
    {
        Description = "Variable of the function; those given replace all that it has",
        HelpName = "KEY=VALUE",
        DefaultValueFactory = static _ => [],
    };

    private readonly Option<int?> _timeout = new("--timeout") { Description = "Time-out of the function", HelpName = "SECONDS" };
    private readonly Option<int?> _memory = new("--memory") { Description = "Memory of the function", HelpName = "MB" };
    private readonly Option<string[]> _layers = new("--layer")
    {
        Description = "Version of a layer; those given replace all that the function has",
        HelpName = "ARN",
        DefaultValueFactory = static _ => [],
    };

    private readonly Option<string?> _alias = new("--alias")
    {
        Description = "Publish a version and have this alias mean it",
        HelpName = "ALIAS",
    };

    private readonly Option<bool> _publish = new("--publish") { Description = "Publish a version" };
    private readonly Option<bool> _watch = new("--watch", "-w") { Description = "Stay, and deploy whenever a file is saved, until Ctrl-C" };
    private readonly Option<bool> _json = new("--json") { Description = "Print one JSON object, with --watch one a line" };
    private readonly Option<string> _region = new("--region")
    {
        Description = "Where the function is",
        HelpName = "REGION",
        DefaultValueFactory = static _ => LocalAwsVariables.Region,
    };

    private readonly EndpointOption _port = EndpointOption.OrVariable();

    public DeployCommand()
        : base(
            "deploy",
            "Make a directory a function of the local AWS, with a role; change only what differs.",
            ("./daybreak deploy examples/price", "handler, runtime and role are found or made"),
            ("./daybreak deploy examples/price --watch", "and again whenever a file is saved"),
            ("./daybreak deploy . --name price --handler app.main --env STAGE=dev --timeout 30", "what cannot be found out"),
            ("./daybreak deploy OUT --alias live", "publish a version, which the alias means from now on")
        )
    {
        Arguments.Add(_directory);
        Options.Add(_name);
        Options.Add(_handler);
        Options.Add(_runtime);
        Options.Add(_role);
        _env.Validators.Add(static result => EachHas(result, '=', "--env must be KEY=VALUE"));
        Options.Add(_env);
        Options.Add(_timeout);
        Options.Add(_memory);
        Options.Add(_layers);
        Options.Add(_alias);
        Options.Add(_publish);
        Options.Add(_watch);
        Options.Add(_json);
        Options.Add(_region);
        Options.Add(_port);
    }

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        using var termination = new Termination();
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation, termination.Asked);
        var time = TimeProvider.System;
        var region = parsed.GetRequiredValue(_region);
        using var api = new LocalAwsApi(EndpointOption.UriOf(parsed.GetValue(_port)), region, time, ended.Token);
        var output = parsed.InvocationConfiguration.Output;
        var asJson = parsed.GetValue(_json);
        var watches = parsed.GetValue(_watch);

        var source = FunctionSource.At(parsed.GetRequiredValue(_directory));
        var wishes = Wishes(parsed, source);
        var deployer = new FunctionDeployer(api, wishes);
        var isReady = false;
        try
        {
            // 1. What is there, and what the files say.
            var start = time.GetTimestamp();
            var existing = await api.FunctionAsync(wishes.Name);
            var files = source.Files();
            var search = new HandlerSearch(source, files);
            var found = await FunctionDeployer.FindAsync(wishes, existing, search, ended.Token);

            // 2. The file of the handler is worth nothing if its interpreter cannot read it.
            var checkedFiles = files.Where(file => HandlerSearch.IsOf(file, found.Handler));
            var error = await SyntaxCheck.FindErrorAsync(found.Runtime, checkedFiles, ended.Token);
            if (error is not null && !watches)
                throw new CommandFailedException(ExitCode.Failure, $"Nothing was deployed, as the code cannot run:\n{error}");

            // 3. The function.
            async Task DeployAsync(FunctionPackage package) =>
                await deployer.DeployAsync(await api.FunctionAsync(wishes.Name), found, package);
            if (error is null)
            {
                var deployment = await deployer.DeployAsync(existing, found, FunctionPackage.Of(source, files));
                var took = time.GetElapsedTime(start);
                output.WriteLine(
                    asJson ? DeploymentText.Json(deployment, took) : DeploymentText.Of(deployment, found, files, region, took)
                );
                output.Flush();
            }
            if (!watches)
                return ExitCode.Ok;

            // 4. Whatever is saved from now on.
            isReady = true;
            var report = new WatchReport(output, wishes.Name, asJson, time);
            if (error is not null)
                report.Refused(error);
            var loop = new WatchLoop(source, found, deployer, error is null ? files : [], DeployAsync, report, time);
            await loop.RunAsync(ended.Token);
            return ExitCode.Ok;
        }
        catch (OperationCanceledException) when (termination.Asked.IsCancellationRequested)
        {
            return isReady ? ExitCode.Ok : ExitCode.Interrupted;
        }
    }

    private FunctionWishes Wishes(ParseResult parsed, FunctionSource source) =>
        new(
            parsed.GetValue(_name) ?? source.FunctionName,
            parsed.GetValue(_runtime),
            parsed.GetValue(_handler),
            parsed.GetValue(_role),
            [
                .. parsed
                    .GetRequiredValue(_env)
                    .Select(static pair => pair.Split('=', 2))
                    .Select(static pair => KeyValuePair.Create(pair[0], pair[1])),
            ],
            parsed.GetValue(_timeout),
            parsed.GetValue(_memory),
            [.. parsed.GetRequiredValue(_layers)],
            parsed.GetValue(_alias),
            parsed.GetValue(_publish)
        );

    private static void EachHas(OptionResult result, char part, string message)
    {
        foreach (var token in result.Tokens.Where(token => token.Value.IndexOf(part, StringComparison.Ordinal) < 1))
            result.AddError(string.Create(CultureInfo.InvariantCulture, $"{message}, not '{token.Value}'."));
    }
}
