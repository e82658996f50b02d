using System.Globalization;
using Daybreak.Bridge.Frames;
using Daybreak.Bridge.Http;

namespace Daybreak.Bridge.Invocation;

/// <summary>All errors of invocations but the API's own refusals (<see cref="ApiRefusal"/>): <c>docs/errors.md</c>.</summary>
public static class InvocationFailures
{
    public const string ApiFailed = "invoke API failed";

    /// <summary>The order of the sources.</summary>
    public const string WhereCredentialsAre =
        "Credentials are looked for in the environment of the bridge (the server's, and aws_lambda.bridge_environment_file), then web "
        + "identity, profile (AWS_PROFILE), container endpoint (AWS_CONTAINER_CREDENTIALS_FULL_URI) and instance metadata.";

    public static string Quoted(string text) => $"AWS Lambda client returned '{text}'.";

    public static InvocationException UnableToConnect(string endpoint, string reason, Exception? cause = null) =>
        new(
            new(SqlStates.UnableToConnect, ApiFailed, Quoted("Unable to connect to endpoint"), $"The endpoint is {endpoint}: {reason}."),
            cause
        );

    public static InvocationException BreakerOpen(string endpoint, BreakerView open) =>
        new(
            new(
                SqlStates.EndpointSilent,
                "the endpoint of AWS Lambda does not answer",
                $"{endpoint} has not answered since {Shown(open.Since)}: {open.Failures} calls in a row, the last one because of: "
                    + $"{open.Reason}.",
                "Nothing was sent. "
                    + (open.Until is { } until ? $"It is tried again at {Shown(until)}" : "A call tries it at this moment")
                    + " (aws_lambda.breaker_failures, aws_lambda.breaker_pause_ms)."
            )
        );

    private static string Shown(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    public static InvocationException TimedOut(int requestTimeoutMs) =>
        new(
            new(
                SqlStates.TimedOut,
                ApiFailed,
                $"AWS Lambda client got no answer within {requestTimeoutMs} ms.",
                "The function may still run. A function that takes longer needs a higher aws_lambda.request_timeout_ms."
            )
        );

    public static InvocationException WrongArgument(string detail, string? hint = null) =>
        new(new(SqlStates.WrongArgument, ApiFailed, detail, hint));

    public static InvocationException TooLarge(string text, string hint) => new(new(SqlStates.TooLarge, ApiFailed, Quoted(text), hint));

    public static InvocationException ReplyTooLarge(string what, long limit) =>
        new(
            new(
                SqlStates.TooLarge,
                ApiFailed,
                Quoted($"The {what} of the reply is larger than {limit} bytes"),
                "The function may have run. AWS Lambda limits a reply to 6291556 bytes; larger results go through a store such as "
                    + "Amazon S3."
            )
        );

    /// <param name="hint">Where was looked; null: not known.</param>
    public static InvocationException NoCredentials(string why, string? hint = null) =>
        new(new(SqlStates.NoCredentials, ApiFailed, why, hint ?? WhereCredentialsAre));

    /// <summary>The server has credentials, but no right to the role of <c>daybreak.assume</c>.</summary>
    public static InvocationException NotAssumed(string why) =>
        new(
            new(
                SqlStates.NoCredentials,
                ApiFailed,
                why,
                "The identity of the PostgreSQL server needs sts:AssumeRole on that role, and the role's trust policy must allow it, with "
                    + "the same external id. daybreak.assumed shows which role is assumed for whom."
            )
        );

    /// <summary>Aurora's message, as its extension aws_s3 is known to word it.</summary>
    public static InvocationException NoRole(string why) =>
        new(
            new(
                SqlStates.NoCredentials,
                "credentials stored with the database cluster can't be accessed",
                why,
                "Has the IAM role Amazon Resource Name (ARN) been associated with the feature-name \"Lambda\"?"
            )
        );

    public static InvocationException NoRegion() =>
        new(
            new(
                SqlStates.NoRegion,
                ApiFailed,
                "No Region is given.",
                "Name it in the function ARN, in the argument region, in the setting aws_lambda.region, or as AWS_REGION in the "
                    + "environment of the PostgreSQL server."
            )
        );

    public static InvocationException BrokenAnswer(string what, Exception? cause = null) =>
        new(new(SqlStates.ServiceFailed, ApiFailed, Quoted(what), "The function may have run."), cause);

    public static InvocationException FunctionFailed(string function, string error, string payload) =>
        new(
            new(SqlStates.FunctionError, "lambda invocation failed", $"\"{function}\" returned error \"{error}\", details: \"{payload}\".")
        );
}
