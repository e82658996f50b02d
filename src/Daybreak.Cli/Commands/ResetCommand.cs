using System.CommandLine;
using Daybreak.Cli.LocalAws;

namespace Daybreak.Cli.Commands;

/// <summary><c>reset</c>: empties the running local AWS.</summary>
internal sealed class ResetCommand : CliCommand
{
    private readonly EndpointOption _port = new();
    private readonly Option<string?> _service = new("--service")
    {
        Description = "only this service: lambda, logs, s3, secretsmanager, ssm, kms",
        HelpName = "NAME",
    };
    private readonly Option<string?> _function = new("--function")
    {
        Description = "only this function, and what tests have armed for it",
        HelpName = "NAME",
    };

    public ResetCommand()
        : base(
            "reset",
            "Empty the running local AWS, or a part: resources of every account and Region are deleted, also from a kept directory.",
            ("./daybreak reset", "between two tests: the process keeps running, without its state"),
            ("./daybreak reset --service s3", "only the buckets and their objects"),
            ("curl -X POST http://127.0.0.1:4566/_daybreak/reset", "the same from anywhere")
        )
    {
        Options.Add(_port);
        Options.Add(_service);
        Options.Add(_function);
        Validators.Add(result =>
        {
            if (result.GetValue(_service) is not null && result.GetValue(_function) is not null)
                result.AddError("Give --service or --function.");
        });
    }

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        using var client = new LocalAwsClient(parsed.GetValue(_port));
        var part = (parsed.GetValue(_service), parsed.GetValue(_function)) switch
        {
            ({ } service, _) => $"?service={Uri.EscapeDataString(service)}",
            (_, { } function) => $"?function={Uri.EscapeDataString(function)}",
            _ => "",
        };
        await client.ResetAsync(part, cancellation);
        return ExitCode.Ok;
    }
}
