using System.CommandLine;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Daybreak.Aws.Signing;
using Daybreak.Cli.Functions;
using Daybreak.Cli.LocalAws;
using Daybreak.Cli.Text;

namespace Daybreak.Cli.Commands;

/// <summary><c>invoke</c>: calls a function; its answer goes to standard output, its log to standard error.</summary>
internal sealed class InvokeCommand : CliCommand
{
    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly Argument<string> _name = new("NAME") { Description = "Name or ARN of the function" };
    private readonly Option<string> _payload = new("--payload", "-p")
    {
        Description = "The event: JSON, @FILE, or - for standard input",
        HelpName = "JSON|@FILE|-",
        DefaultValueFactory = static _ => "{}",
    };

    private readonly Option<bool> _event = new("--event") { Description = "Only hand the event over, as InvocationType Event does" };
    private readonly Option<string?> _qualifier = new("--qualifier") { Description = "Version or alias", HelpName = "QUALIFIER" };
    private readonly Option<bool> _log = new("--log") { Description = "Print the log, also with --json" };
    private readonly Option<bool> _noLog = new("--no-log") { Description = "Do not print the log" };
    private readonly Option<bool> _json = new("--json") { Description = "Print one JSON object with status, answer and, with --log, log" };
    private readonly Option<string> _region = new("--region")
    {
        Description = "Where the function is",
        HelpName = "REGION",
        DefaultValueFactory = static _ => LocalAwsVariables.Region,
    };

    private readonly EndpointOption _port = EndpointOption.OrVariable();

    public InvokeCommand()
        : base(
            "invoke",
            "Call a function: the answer on standard output, the log below it; exit code 7 when the function ended in an error.",
            ("./daybreak invoke price --payload '{\"net\":100}'", "with an event"),
            ("./daybreak invoke price -p @event.json --no-log | jq .gross", "the answer alone"),
            ("./daybreak invoke price --qualifier live --event", "an alias; nobody waits for the answer")
        )
    {
        Arguments.Add(_name);
        Options.Add(_payload);
        Options.Add(_event);
        Options.Add(_qualifier);
        Options.Add(_log);
        Options.Add(_noLog);
        Options.Add(_json);
        Options.Add(_region);
        Options.Add(_port);
        Validators.Add(result =>
        {
            if (new[] { result.GetValue(_event), result.GetValue(_log), result.GetValue(_noLog) }.Count(static given => given) > 1)
                result.AddError("--log and --no-log are for calls that wait for the answer, of which one is enough.");
        });
    }

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        using var termination = new Termination();
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation, termination.Asked);
        var (time, region) = (TimeProvider.System, parsed.GetRequiredValue(_region));
        using var api = new LocalAwsApi(EndpointOption.UriOf(parsed.GetValue(_port)), region, time, ended.Token);
        var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
        var (name, asJson, isEvent) = (parsed.GetRequiredValue(_name), parsed.GetValue(_json), parsed.GetValue(_event));
        var wantsLog = !isEvent && !parsed.GetValue(_noLog) && (!asJson || parsed.GetValue(_log));

        // 1. The call.
        var payload = await PayloadAsync(parsed.GetRequiredValue(_payload), ended.Token);
        var query = parsed.GetValue(_qualifier) is { } qualifier ? $"?Qualifier={Uri.EscapeDataString(qualifier)}" : "";
        var (since, start) = (time.GetUtcNow(), time.GetTimestamp());
        var answer = await api.LambdaAsync(
            HttpMethod.Post,
            $"/2015-03-31/functions/{Uri.EscapeDataString(name)}/invocations{query}",
            payload,
            new HttpField("X-Amz-Invocation-Type", isEvent ? "Event" : "RequestResponse"),
            new HttpField("X-Amz-Log-Type", wantsLog ? "Tail" : "None")
        );
        var took = time.GetElapsedTime(start);
        if (answer.IsNotFound && query.Length == 0 && !name.Contains(':', StringComparison.Ordinal))
            throw await KnownFunctions.MissingAsync(api, name, region);
        answer.ExpectSuccess();

        // 2. The answer.
        answer.Headers.TryGetValue("X-Amz-Function-Error", out var failure);
        answer.Headers.TryGetValue("X-Amz-Executed-Version", out var version);
        var log =
            wantsLog && answer.Headers.TryGetValue("X-Amz-Log-Result", out var tail)
                ? await InvocationLog.ReadAsync(api, name, answer.Headers["x-amzn-RequestId"], tail, since, time, ended.Token)
                : null;
        if (asJson)
            output.WriteLine(
                new JsonObject
                {
                    ["statusCode"] = (int)answer.Status,
                    ["executedVersion"] = version,
                    ["functionError"] = failure,
                    ["payload"] = Parsed(answer.Body),
                    ["log"] = log is null ? null : InvocationLog.Lines(log),
                    ["milliseconds"] = Math.Round(took.TotalMilliseconds, 1),
                }.ToJsonString()
            );
        else if (answer.Body.Length > 0)
            output.WriteLine(Console.IsOutputRedirected ? answer.Body : Parsed(answer.Body)?.ToJsonString(Readable) ?? answer.Body);
        output.Flush();

        // 3. The log, and the error in lines.
        if (!asJson && log is not null)
            error.Write(log);
        if (failure is null)
            return ExitCode.Ok;
        if (!asJson)
            error.WriteLine($"\nThe function ended in an error: {FunctionErrorText.Of(answer.Body)}");
        return ExitCode.FunctionError;
    }

    private static async Task<byte[]> PayloadAsync(string given, CancellationToken cancellation)
    {
        switch (given)
        {
            case "-":
                using (var bytes = new MemoryStream())
                {
                    await using var input = Console.OpenStandardInput();
                    await input.CopyToAsync(bytes, cancellation);
                    return bytes.ToArray();
                }
            case ['@', .. var path]:
                try
                {
                    return await File.ReadAllBytesAsync(path, cancellation);
                }
                catch (Exception error) when (error is IOException or UnauthorizedAccessException)
                {
                    throw new CommandFailedException(ExitCode.Usage, $"--payload: {error.Message}");
                }
            default:
                return Encoding.UTF8.GetBytes(given);
        }
    }

    /// <returns>Null: it is no JSON, as what a runtime of one's own may answer.</returns>
    private static JsonNode? Parsed(string body)
    {
        try
        {
            return JsonNode.Parse(body);
        }
        catch (JsonException)
        {
            return body;
        }
    }
}
