using System.CommandLine;
using System.CommandLine.Parsing;
using Daybreak.Cli.Commands;
using Daybreak.Cli.Demo;

namespace Daybreak.Cli.Tests.Commands;

/// <summary>What the commands take and refuse, before any of them does something.</summary>
[Collection(nameof(EndpointVariable))]
public sealed class OptionTests
{
    private static readonly Command[] All =
    [
        new DemoCommand(),
        new UpCommand(),
        new DownCommand(),
        new ResetCommand(),
        new StatusCommand(),
        new ClockCommand(),
        new EnvCommand(),
        new DeployCommand(),
        new InvokeCommand(),
        new DebugCommand(),
        new LogsCommand(),
        new ExplainCommand(),
        new AwsCommand(),
        new RuntimesCommand(),
        new RuntimesAddCommand(),
    ];

    /// <summary>Without what a shell does with them, and those that leave something out.</summary>
    public static TheoryData<string> Examples =>
        [
            .. All.OfType<CliCommand>()
                .SelectMany(static command => command.Examples)
                .Where(static example => example.Line.Contains("./daybreak ", StringComparison.Ordinal))
                .Select(static example =>
                    example.Line[example.Line.IndexOf("./daybreak ", StringComparison.Ordinal)..].Split(" |")[0].TrimEnd(')', '"')
                )
                .Where(static line => !line.Contains('…', StringComparison.Ordinal))
                .Distinct(),
        ];

    [Theory]
    [MemberData(nameof(Examples))]
    public void Every_example_of_the_help_is_taken(string line) => Assert.Empty(Errors(line["./daybreak ".Length..]));

    [Theory]
    [InlineData("up --port 0", "--port must be a number from 1 to 65535, not '0'.")]
    [InlineData("status --port 65536", "--port must be a number from 1 to 65535, not '65536'.")]
    [InlineData("demo --pg-port 1149", "--pg-port must be a number from 1150 to 65535, as RDS has it, not '1149'.")]
    [InlineData("clock forward", "Give nothing, advance DURATION, at TIME or real.")]
    [InlineData("clock advance", "Give nothing, advance DURATION, at TIME or real.")]
    [InlineData("clock real now", "Give nothing, advance DURATION, at TIME or real.")]
    [InlineData("explain db", "Give DB and FUNCTION, or --aws and FUNCTION, or --principal, --action and --resource.")]
    [InlineData("explain --aws", "Give DB and FUNCTION, or --aws and FUNCTION, or --principal, --action and --resource.")]
    [InlineData("explain --aws db f", "Give DB and FUNCTION, or --aws and FUNCTION, or --principal, --action and --resource.")]
    [InlineData("explain db f --action a:b", "Give DB and FUNCTION, or --aws and FUNCTION, or --principal, --action and --resource.")]
    [InlineData(
        "explain --principal a --action b:c",
        "Give DB and FUNCTION, or --aws and FUNCTION, or --principal, --action and --resource."
    )]
    [InlineData("explain db f --profile p", "--profile is for --aws.")]
    [InlineData("explain --from f", "--from is for one DB or service, and no more than --region, --json or --diagram.")]
    [InlineData("explain --from f db g", "--from is for one DB or service, and no more than --region, --json or --diagram.")]
    [InlineData("explain --from f --aws db", "--from is for one DB or service, and no more than --region, --json or --diagram.")]
    [InlineData("explain --from f db --user u", "--from is for one DB or service, and no more than --region, --json or --diagram.")]
    [InlineData("deploy . --env STAGE", "--env must be KEY=VALUE, not 'STAGE'.")]
    [InlineData("invoke f --event --log", "--log and --no-log are for calls that wait for the answer, of which one is enough.")]
    public void Wrong_use_is_refused_in_words_of_ours(string line, string error) => Assert.Equal([error], Errors(line));

    [Theory]
    [InlineData("up --port http")]
    [InlineData("up --iam maybe")]
    [InlineData("up --network")]
    [InlineData("env --shell tcsh")]
    [InlineData("down now")]
    [InlineData("logs one two")]
    [InlineData("logs one --since yesterday")]
    [InlineData("logs one --filter user@example")]
    [InlineData("up --log-limit 0")]
    [InlineData("up --log-limit much")]
    [InlineData("runtimes add")]
    [InlineData("deploy")]
    [InlineData("deploy . --timeout long")]
    [InlineData("invoke")]
    [InlineData("invoke f g")]
    [InlineData("debug")]
    [InlineData("explain a b c")]
    [InlineData("frobnicate")]
    public void Wrong_use_is_refused(string line) => Assert.NotEmpty(Errors(line));

    [Theory]
    [InlineData("aws", "aws --")]
    [InlineData("aws lambda list-functions --port 1", "aws -- lambda list-functions --port 1")]
    [InlineData("aws --port 4570 rds describe-db-clusters --help", "aws --port 4570 -- rds describe-db-clusters --help")]
    [InlineData("aws --port=4570 s3 ls", "aws --port=4570 -- s3 ls")]
    [InlineData("aws --help", "aws --help --")]
    [InlineData("aws --port", "aws --port --")]
    [InlineData("up --port 4570", "up --port 4570")]
    public void Options_after_those_of_ours_are_the_aws_CLIs(string line, string separated) =>
        Assert.Equal(separated.Split(' '), AwsCommand.Separated(line.Split(' ')));

    private static IEnumerable<string> Errors(string line)
    {
        EndpointVariable.Set(null);
        var root = new RootCommand();
        foreach (var command in All.Where(static command => command is not RuntimesAddCommand))
            root.Add(command);
        string[] words = [.. CommandLineParser.SplitCommandLine(line)];
        return root.Parse(AwsCommand.Separated(words), CliCommand.Parsing).Errors.Select(static error => error.Message);
    }
}
