using System.Text.Json;
using Daybreak.Bridge.Frames;
using Daybreak.Bridge.Invocation;
using Daybreak.Explaining;

namespace Daybreak.Bridge.Explain;

/// <summary>Converts Lambda's answers to a DryRun and about the function to stages. Pure.</summary>
internal static class FunctionStages
{
    private const string Unseen = "The function is not seen:";

    /// <param name="answer">To Invoke with DryRun; null: it was not asked.</param>
    /// <param name="caller">The owner of the credentials; null: not known.</param>
    public static Stage Permission(ProbeAnswer? answer, InvokeTarget target, string? caller, string? account)
    {
        var arn = target.ShownArn(account);
        var who = caller ?? "the caller";
        if (answer is null)
            return Stage.NotReached("permission", "Nothing could be asked without credentials and a connection.");
        if (answer.Failure is { } why)
            return Stage.Failed(
                "permission",
                $"A DryRun of {arn} had no answer: {why}.",
                Stage.FixOf("See that the endpoint is Lambda's, and that nothing on the way closes the connection."),
                arn
            );
        if (answer.Status is >= 200 and < 300)
            return Stage.Ok(
                "permission",
                $"A DryRun of {arn} was answered {answer.Status}: {who} may invoke it, by all policies that apply.",
                arn
            );
        var refusal = answer.Refusal;
        var (_, code, message) = refusal;
        var reason =
            message is null && code.Length == 0 ? $"HTTP status {answer.Status} without a message of the Lambda API" : $"{code}: {message}";
        return refusal.SqlState switch
        {
            SqlStates.NotFound => Stage.Ok("permission", $"A DryRun of {arn} was not refused, but found no function.", arn),
            SqlStates.AccessDenied => Stage.Failed(
                "permission",
                $"A DryRun of {arn} was refused: {reason}",
                PermissionFix.Of(message ?? "", code, caller, arn),
                caller is null ? [arn] : [caller, arn]
            ),
            SqlStates.Throttled => Stage.Failed(
                "permission",
                $"A DryRun of {arn} was throttled: {reason}",
                Stage.FixOf("Try again later; raise the function's reserved concurrency or the account's limit if it goes on."),
                arn
            ),
            SqlStates.NoCredentials => Stage.Failed(
                "permission",
                $"A DryRun of {arn} was refused: {reason}",
                Stage.FixOf(
                    "Replace the credentials of the PostgreSQL server, and set this machine's clock: the service does not accept "
                        + "them (expired, unknown key, or wrong signature)."
                ),
                arn
            ),
            SqlStates.NotReady => Stage.Failed(
                "permission",
                $"A DryRun of {arn} was refused: {reason}",
                Stage.FixOf("Wait until the function is Active and no update of it is in progress."),
                arn
            ),
            _ => Stage.Failed(
                "permission",
                $"A DryRun of {arn} was refused: {reason}",
                Stage.FixOf($"See that {target.Endpoint} is Lambda's, and what AWS says of {(code.Length > 0 ? code : "such an answer")}."),
                arn
            ),
        };
    }

    /// <param name="dryRun">As above; it also shows that a function does not exist.</param>
    /// <param name="configuration">To GetFunctionConfiguration; null: not asked.</param>
    public static IEnumerable<Stage> Function(
        ProbeAnswer? dryRun,
        ProbeAnswer? configuration,
        InvokeTarget target,
        string? account,
        int requestTimeoutMs
    )
    {
        var arn = target.ShownArn(account);
        if (dryRun is { Failure: null, Status: >= 300, Refusal: { SqlState: SqlStates.NotFound } missing })
        {
            yield return Stage.Failed(
                "function",
                $"{missing.Code}: {missing.Message}",
                Stage.FixOf(
                    "Check the Region, account, function and qualifier; this lists the functions of the Region: aws lambda "
                        + $"list-functions --region {target.Region} --query 'Functions[].FunctionArn'"
                ),
                arn
            );
            yield return Stage.NotReached("timeouts", "There is no function that could take long.");
            yield break;
        }
        if (Read(configuration) is not { } found)
        {
            yield return Stage.NotSeen("function", $"{Unseen} {WhyUnseen(configuration)}.", arn);
            yield return Stage.NotSeen(
                "timeouts",
                $"How long the function may run is not seen; a call waits {requestTimeoutMs} ms (aws_lambda.request_timeout_ms)."
            );
            yield break;
        }
        yield return found.State switch
        {
            "Active" => Stage.Ok("function", $"{arn} is Active.", arn),
            "Failed" => Stage.Failed(
                "function",
                $"{arn} is Failed: {found.Reason}",
                Stage.FixOf("Update the function so that what the reason names exists again; it then becomes Active."),
                arn
            ),
            _ => Stage.Failed(
                "function",
                $"{arn} is {found.State}: {found.Reason}",
                Stage.FixOf(
                    "Wait for it.",
                    AwsCommand.Of(
                        "lambda wait function-active-v2",
                        ("function-name", target.Function.Unqualified),
                        ("region", target.Region.Code)
                    )
                ),
                arn
            ),
        };
        yield return Stage.Ok("timeouts", Timeouts.Text(found.TimeoutSeconds, requestTimeoutMs));
    }

    private static string WhyUnseen(ProbeAnswer? answer)
    {
        if (answer is null)
            return "nothing could be asked";
        if (answer.Failure is { } why)
            return why;
        var (_, code, message) = answer.Refusal;
        return answer.Status == 200
            ? "the answer is not one of Lambda's"
            : message?.TrimEnd('.') ?? (code.Length > 0 ? code : $"HTTP status {answer.Status}");
    }

    private static (string State, string Reason, int TimeoutSeconds)? Read(ProbeAnswer? answer)
    {
        if (answer is not { Failure: null, Status: 200 })
            return null;
        try
        {
            using var body = JsonDocument.Parse(answer.Body);
            var root = body.RootElement;
            // Some answers have no state for a version, which then counts as Active.
            return (Text("State") ?? "Active", Text("StateReason") ?? "no reason is given", root.GetProperty("Timeout").GetInt32());

            string? Text(string name) => root.TryGetProperty(name, out var value) ? value.GetString() : null;
        }
        catch (Exception malformed)
            when (malformed is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }
}
