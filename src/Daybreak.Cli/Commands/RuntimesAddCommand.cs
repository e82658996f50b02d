using System.CommandLine;
using System.Diagnostics;
using Daybreak.Cli.LocalAws;
using Daybreak.Cloud.Lambda.Runtime;
using Daybreak.Cloud.Processes;

namespace Daybreak.Cli.Commands;

/// <summary>
/// <c>runtimes add</c>: installs with npm the packages of AWS's Node.js runtimes that this machine lacks. A running local AWS uses them at
/// once.
/// </summary>
internal sealed class RuntimesAddCommand : CliCommand
{
    /// <summary>The packages that functions use most, of the more than four hundred in AWS's runtime.</summary>
    private static readonly string[] Usual =
    [
        "client-cloudwatch",
        "client-cloudwatch-logs",
        "client-cognito-identity-provider",
        "client-dynamodb",
        "client-ec2",
        "client-eventbridge",
        "client-iam",
        "client-kms",
        "client-lambda",
        "client-rds",
        "client-rds-data",
        "client-s3",
        "client-secrets-manager",
        "client-ses",
        "client-sfn",
        "client-sns",
        "client-sqs",
        "client-ssm",
        "client-sts",
        "credential-providers",
        "lib-dynamodb",
        "lib-storage",
        "rds-signer",
        "s3-request-presigner",
        "util-dynamodb",
    ];

    private readonly Argument<string[]> _packages = new("PACKAGE")
    {
        Description = "aws-sdk for the usual clients of version 3, a package of it, or aws-sdk@2 for nodejs16.x",
        Arity = ArgumentArity.OneOrMore,
    };

    public RuntimesAddCommand()
        : base(
            "add",
            "Install the AWS SDK for JavaScript, by npm, where Node.js functions find it as on AWS.",
            ("./daybreak runtimes add aws-sdk", "the usual clients of @aws-sdk/*, since nodejs18.x"),
            ("./daybreak runtimes add @aws-sdk/client-textract", "one more"),
            ("./daybreak runtimes add aws-sdk@2", "version 2, for runtimes before nodejs18.x")
        ) => Arguments.Add(_packages);

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var names = parsed.GetRequiredValue(_packages);
        foreach (
            var version in names.GroupBy(name => name.StartsWith("aws-sdk@2", StringComparison.Ordinal) ? 2 : 3).OrderBy(group => group.Key)
        )
        {
            var prefix = NodePackages.Prefix(NodePackages.DefaultDirectory, version.Key);
            await InstallAsync(
                prefix,
                version.SelectMany(name => name == "aws-sdk" ? Usual.Select(client => "@aws-sdk/" + client) : [name]),
                cancellation
            );
            parsed.InvocationConfiguration.Output.WriteLine(prefix);
        }

        return ExitCode.Ok;
    }

    // Scripts of packages are disabled: they would run as the user of the local AWS, outside of every sandbox.
    private static async Task InstallAsync(string prefix, IEnumerable<string> names, CancellationToken cancellation)
    {
        var npm =
            ProgramPath.Find("npm")
            ?? throw new CommandFailedException(
                ExitCode.MissingPrerequisite,
                "npm is missing. Type this, then try again:",
                "  sudo apt-get install npm"
            );
        Directory.CreateDirectory(prefix);
        string[] arguments =
        [
            "install",
            "--prefix",
            prefix,
            "--ignore-scripts",
            "--install-links",
            "--no-audit",
            "--no-fund",
            "--loglevel=error",
            "--",
            .. names,
        ];
        using var process = Process.Start(new ProcessStartInfo(npm, arguments) { RedirectStandardOutput = true })!;
        await process.StandardOutput.BaseStream.CopyToAsync(Console.OpenStandardError(), cancellation);
        await process.WaitForExitAsync(cancellation);
        if (process.ExitCode != 0)
            throw new CommandFailedException(ExitCode.Failure, $"npm ended with exit code {process.ExitCode}.");
    }
}
