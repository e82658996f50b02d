using System.CommandLine;
using Daybreak.Aws;
using Daybreak.Cli.LocalAws;
using Daybreak.Cloud.Hosting;

namespace Daybreak.Cli.Commands;

/// <summary><c>up</c>: starts the local AWS, in the foreground or detached.</summary>
internal sealed class UpCommand : CliCommand
{
    private readonly EndpointOption _port = new("Port to listen on, on 127.0.0.1");
    private readonly Option<bool> _detach = new("--detach", "-d") { Description = "Run in the background; return when it answers" };
    private readonly Option<string?> _stateDirectory = new("--state-dir")
    {
        Description = "Keep state in this directory, created when missing [default: a temporary one, removed at the end]",
        HelpName = "DIR",
    };

    private readonly Option<string> _iam = new("--iam")
    {
        Description = "Whether IAM policies are enforced: on or off",
        HelpName = "on|off",
        DefaultValueFactory = static _ => "on",
    };

    private readonly Option<string> _network = new("--network")
    {
        Description = "Whether databases reach only what the rules of their VPC let them reach: on or off",
        HelpName = "on|off",
        DefaultValueFactory = static _ => "on",
    };

    private readonly Option<bool> _anyEngineVersion = new("--any-engine-version")
    {
        Description =
            "Accept every version of a database engine: the nearest installed PostgreSQL runs, and the requested version is shown",
    };

    private readonly Option<bool> _strictRuntimes = new("--strict-runtimes")
    {
        Description = "Refuse functions whose version of the language this machine lacks, instead of running them on the nearest version",
    };

    private readonly Option<int> _logLimit = new("--log-limit")
    {
        Description = "Most MiB of all log events together; beyond that the oldest go first",
        HelpName = "MIB",
        DefaultValueFactory = static _ => 512,
    };

    private readonly Option<string[]> _forward = new("--forward")
    {
        Description =
            "Send requests for a service that is not here on to an endpoint that runs already, after IAM has decided here; "
            + "'*' for all others; also ,profile=NAME to sign with keys of a profile. May be given several times",
        HelpName = "SERVICE=URL",
    };

    // The process that -d starts: it prints its announcement through its parent, then detaches.
    private readonly Option<bool> _detached = new("--detached") { Hidden = true };

    public UpCommand()
        : base(
            "up",
            "Start the local AWS. Ctrl-C ends it and everything it started.",
            ("./daybreak up", "in this terminal; its state is deleted when it ends"),
            ("./daybreak up -d --state-dir ./aws-state", "in the background; state is kept"),
            ("./daybreak up -d --port 4570", "another one beside it"),
            ("./daybreak up --forward sqs=http://127.0.0.1:5000", "queues of an emulator, for functions and clients of this one")
        )
    {
        Options.Add(_port);
        Options.Add(_detach);
        Options.Add(_stateDirectory);
        _iam.AcceptOnlyFromAmong("on", "off");
        Options.Add(_iam);
        _network.AcceptOnlyFromAmong("on", "off");
        Options.Add(_network);
        Options.Add(_anyEngineVersion);
        _logLimit.Validators.Add(static result =>
        {
            if (result.Tokens.Count == 1 && (!int.TryParse(result.Tokens[0].Value, out var mebibytes) || mebibytes is < 1 or > 1024 * 1024))
                result.AddError($"--log-limit must be a number from 1 to 1048576, not '{result.Tokens[0].Value}'.");
        });
        Options.Add(_logLimit);
        Options.Add(_forward);
        Options.Add(_detached);
    }

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var chosenPort = parsed.GetValue(_port);
        var directory = parsed.GetValue(_stateDirectory) is { } given ? Path.GetFullPath(given) : null;
        var (enforcesIam, enforcesNetwork) = (parsed.GetValue(_iam) != "off", parsed.GetValue(_network) != "off");
        if (parsed.GetValue(_detach))
        {
            return await Detachment.StartAsync([
                "up",
                "--detached",
                "--port",
                $"{chosenPort}",
                enforcesIam ? "--iam=on" : "--iam=off",
                enforcesNetwork ? "--network=on" : "--network=off",
                .. parsed.GetValue(_anyEngineVersion) ? ["--any-engine-version"] : Array.Empty<string>(),
                .. parsed.GetValue(_strictRuntimes) ? ["--strict-runtimes"] : Array.Empty<string>(),
                "--log-limit",
                $"{parsed.GetValue(_logLimit)}",
                .. (parsed.GetValue(_forward) ?? []).SelectMany(static rule => new[] { "--forward", rule }),
                .. directory is null ? Array.Empty<string>() : ["--state-dir", directory],
            ]);
        }

        var inBackground = parsed.GetValue(_detached);
        if (inBackground)
            Detachment.LeaveTerminal();
        using var termination = new Termination();
        var cloud = await LocalAwsStart.StartAsync(
            new CloudOptions
            {
                Postgres = Installation.Postgres(),
                Port = chosenPort,
                StateDirectory = directory,
                EnforcesIam = enforcesIam,
                EnforcesNetwork = enforcesNetwork,
                TakesAnyEngineVersion = parsed.GetValue(_anyEngineVersion),
                LogLimit = parsed.GetValue(_logLimit) * 1024L * 1024,
                Forwards = ForwardVariable.Read(Environment.GetEnvironmentVariable(ForwardVariable.Name), parsed.GetValue(_forward) ?? []),
                StrictRuntimes = parsed.GetValue(_strictRuntimes),
                RootCredentials = RootCredentialsVariable.Read(Environment.GetEnvironmentVariable(RootCredentialsVariable.Name)),
            },
            termination.Asked
        );
        using var trim = new IdleTrim(() => cloud.Work, TimeProvider.System);
        try
        {
            var output = parsed.InvocationConfiguration.Output;
            Announce(output, cloud, chosenPort, inBackground);
            if (inBackground)
                Detachment.LeaveParent(Path.Combine(cloud.StatePath, Detachment.LogName));
            await termination.WaitAsync();
        }
        finally
        {
            await cloud.StopAsync(termination.Hurry);
        }

        return ExitCode.Ok;
    }

    private static void Announce(TextWriter output, CloudHost cloud, int port, bool inBackground)
    {
        var withPort = EndpointOption.Typed(port);
        var endpoint = cloud.Endpoint.GetLeftPart(UriPartial.Authority);
        output.WriteLine($"Local AWS on {endpoint} (process {Environment.ProcessId}, account {cloud.Options.AccountId})");
        output.WriteLine($"State: {cloud.StatePath}" + (cloud.Options.StateDirectory is null ? " (temporary)" : ""));
        if (!cloud.Options.EnforcesIam)
            output.WriteLine("IAM:   OFF. Policies are not enforced: every caller may do everything.");
        if (!cloud.Options.EnforcesNetwork)
            output.WriteLine("VPC:   OFF. Network rules are not enforced: every database reaches every API.");
        if (cloud.Options.TakesAnyEngineVersion)
            output.WriteLine(
                "RDS:   ANY engine version is accepted. If its major version is not installed, "
                    + "the nearest PostgreSQL runs under its number."
            );
        foreach (var rule in cloud.Options.Forwards)
            output.WriteLine(
                $"Forward: {rule.Service} to {rule.Url}" + (rule.Profile is null ? "" : $", signed by profile {rule.Profile}")
            );
        if (inBackground)
            output.WriteLine($"Log:   {Path.Combine(cloud.StatePath, Detachment.LogName)}");
        output.WriteLine(
            $"Use:   eval \"$({Installation.Command} env{withPort})\"   then: aws --endpoint-url {endpoint} lambda list-functions"
        );
        output.WriteLine(inBackground ? $"End:   {Installation.Command} down{withPort}" : "End:   Ctrl-C");
        output.Flush();
    }
}
