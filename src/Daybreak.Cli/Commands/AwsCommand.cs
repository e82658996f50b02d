using System.CommandLine;
using Daybreak.Cli.LocalAws;

namespace Daybreak.Cli.Commands;

/// <summary>
/// <c>aws</c>: becomes the user's aws CLI, of any version, and sends all its requests to the local AWS. aws CLI 1 constructs the address of
/// rds, docdb, neptune and sqs in us-east-1 itself, regardless of AWS_ENDPOINT_URL, and old ones do not know that variable; all obey
/// --endpoint-url.
/// </summary>
internal sealed class AwsCommand : CliCommand
{
    private const string Verb = "aws";

    private readonly EndpointOption _port = EndpointOption.OrVariable();
    private readonly Argument<string[]> _arguments = new("ARGUMENT")
    {
        Description = "Arguments for aws; our own options come before them",
        Arity = ArgumentArity.ZeroOrMore,
    };

    public AwsCommand()
        : base(
            Verb,
            "Run the aws CLI of this machine, of any version, against the local AWS.",
            ("./daybreak aws lambda list-functions", "as aws, with endpoint, Region and keys"),
            ("./daybreak aws --port 4570 rds describe-db-clusters", "of another local AWS")
        )
    {
        Options.Add(_port);
        Arguments.Add(_arguments);
    }

    /// <summary>Puts <c>--</c> before the arguments of the aws CLI, so that its options are not parsed as ours.</summary>
    public static string[] Separated(string[] all)
    {
        if (all is not [Verb, ..])
            return all;
        var own = 1;
        while (own < all.Length && (all[own].StartsWith("--port", StringComparison.Ordinal) || all[own] is "-h" or "-?" or "--help"))
            own += all[own] == "--port" ? 2 : 1;
        own = Math.Min(own, all.Length);
        return [.. all[..own], "--", .. all[own..]];
    }

    protected override Task<ExitCode> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var endpoint = EndpointOption.UriOf(parsed.GetValue(_port)).GetLeftPart(UriPartial.Authority);
        var program =
            UserProgram.Find(Verb)
            ?? throw new CommandFailedException(
                ExitCode.MissingPrerequisite,
                "aws is missing. Type this, then try again:",
                "  sudo apt-get install awscli"
            );
        // Keys go through the environment, because everybody on the machine can read the arguments of a process.
        UserProgram.Become(
            program,
            [Verb, "--endpoint-url", endpoint, .. parsed.GetValue(_arguments) ?? []],
            LocalAwsVariables.Over(new Uri(endpoint), UserProgram.Environment())
        );
        return Task.FromResult(ExitCode.Failure); // not reached
    }
}
