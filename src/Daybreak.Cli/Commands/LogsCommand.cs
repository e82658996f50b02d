using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Daybreak.Aws;
using Daybreak.Cli.LocalAws;
using Daybreak.Cloud.Logs.Patterns;

namespace Daybreak.Cli.Commands;

/// <summary>
/// <c>logs</c>: prints the logs of functions and database servers of the running local AWS, through the same API that the aws CLI uses.
/// </summary>
internal sealed class LogsCommand : CliCommand
{
    private const string SinceHelp = "5m, 2h, 1d or 2026-12-02T10:00:00Z";
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(50);

    private readonly Argument<string?> _name = new("NAME")
    {
        Description =
            "A function, a log group, a DB instance, or a cluster for all of its instances [default: every instance of databases]",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<bool> _follow = new("--follow", "-f") { Description = "Stay and print what is added, until Ctrl-C" };
    private readonly Option<string?> _since = new("--since") { Description = "Only what is not older", HelpName = SinceHelp };
    private readonly Option<string?> _filter = new("--filter")
    {
        Description = "Only what matches a filter pattern of CloudWatch Logs: ERROR, '\"not found\" -DEBUG', '{ $.status >= 500 }'",
        HelpName = "PATTERN",
    };

    private readonly Option<bool> _json = new("--json") { Description = "Print one JSON object a line" };
    private readonly Option<string> _region = new("--region")
    {
        Description = "Where the functions and instances are",
        HelpName = "REGION",
        DefaultValueFactory = static _ => LocalAwsVariables.Region,
    };

    private readonly EndpointOption _port = EndpointOption.OrVariable();

    public LogsCommand()
        : base(
            "logs",
            "Print the logs of functions and of database servers.",
            ("./daybreak logs", "of every DB instance, each under its name"),
            ("./daybreak logs demo-1 --follow", "of one, and what it goes on to write"),
            ("./daybreak logs simple -f --since 5m", "of a function"),
            ("./daybreak logs simple --filter ERROR --json | jq .message", "for programs")
        )
    {
        Arguments.Add(_name);
        Options.Add(_follow);
        _since.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && TimeOf(result.Tokens[0].Value, TimeProvider.System.GetUtcNow()) is null)
                result.AddError($"--since must be {SinceHelp}, not '{result.Tokens[0].Value}'.");
        });
        Options.Add(_since);
        _filter.Validators.Add(static result =>
        {
            try
            {
                if (result.Tokens.Count == 1)
                    FilterPattern.Parse(result.Tokens[0].Value);
            }
            catch (AwsException refusal)
            {
                result.AddError($"--filter: {refusal.Message}");
            }
        });
        Options.Add(_filter);
        Options.Add(_json);
        Options.Add(_region);
        Options.Add(_port);
    }

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        using var termination = new Termination();
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation, termination.Asked);
        using var api = new LocalAwsApi(
            EndpointOption.UriOf(parsed.GetValue(_port)),
            parsed.GetRequiredValue(_region),
            TimeProvider.System,
            ended.Token
        );
        var output = parsed.InvocationConfiguration.Output;
        var stays = parsed.GetValue(_follow);
        try
        {
            var logs = await FindAsync(api, parsed);
            LogSource? last = null;
            do
            {
                foreach (var log in logs)
                {
                    await foreach (var entry in log.ReadOnAsync(api))
                    {
                        if (parsed.GetValue(_json))
                            output.WriteLine(Json(log, entry));
                        else
                        {
                            // The same heading as tail prints for several files.
                            if (last != log && logs.Count > 1)
                                output.WriteLine($"{(last is null ? "" : "\n")}==> {log.Name} <==");
                            last = log;
                            output.WriteLine(Text(log, entry));
                        }
                    }
                    output.Flush();
                }
                if (stays)
                    await Task.Delay(LookEvery, ended.Token);
            } while (stays);
            return ExitCode.Ok;
        }
        catch (OperationCanceledException) when (termination.Asked.IsCancellationRequested)
        {
            return stays ? ExitCode.Ok : ExitCode.Interrupted;
        }
    }

    private async Task<IReadOnlyList<LogSource>> FindAsync(LocalAwsApi api, ParseResult parsed)
    {
        var name = parsed.GetValue(_name);
        var since = parsed.GetValue(_since) is { } text
            ? Math.Max(0, TimeOf(text, TimeProvider.System.GetUtcNow())!.Value.ToUnixTimeMilliseconds())
            : 0;
        var filter = parsed.GetValue(_filter);
        var databases = await DatabaseLog.FindAsync(api, name, since, filter is null ? null : FilterPattern.Parse(filter));
        if (databases.Count > 0)
            return databases;
        if (name is not null && await GroupLog.FindAsync(api, name, since, filter) is { } group)
            return [group];
        var all = name is null ? [] : await DatabaseLog.FindAsync(api, null, 0, null);
        throw new CommandFailedException(
            ExitCode.Failure,
            name is null ? "There is no DB instance." : $"There is no function, log group, DB instance or cluster called {name}.",
            all.Count == 0 ? null : $"There is: {string.Join(", ", all.Select(static log => log.Name.Split(' ')[0]))}"
        );
    }

    private static string Text(LogSource log, LogEntry entry)
    {
        var text = entry.Text.TrimEnd();
        return log.ShowsTime || entry.Time is not { } time
            ? text
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{DateTimeOffset.FromUnixTimeMilliseconds(time).UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.fff'Z'} {text}"
            );
    }

    private static string Json(LogSource log, LogEntry entry) =>
        new JsonObject
        {
            ["log"] = log.Name,
            ["stream"] = entry.Origin,
            ["timestamp"] = entry.Time,
            ["message"] = entry.Text,
        }.ToJsonString();

    /// <returns>Null: it is no time.</returns>
    private static DateTimeOffset? TimeOf(string text, DateTimeOffset now)
    {
        double? unit = text is []
            ? null
            : text[^1] switch
            {
                's' => 1,
                'm' => 60,
                'h' => 60 * 60,
                'd' => 24 * 60 * 60,
                'w' => 7 * 24 * 60 * 60,
                _ => null,
            };
        if (unit is { } seconds && ushort.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            return now - TimeSpan.FromSeconds(count * seconds);
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
    }
}
