using System.Text.Json;
using Daybreak.Aws;
using Daybreak.Bridge.Credentials;
using Daybreak.Bridge.Frames;

namespace Daybreak.Bridge.Invocation;

/// <summary>
/// An error of the Invoke API, and its form in SQL: the API's message as DETAIL, a SQLSTATE by the class of its code, and the next step as
/// HINT (<c>docs/errors.md</c>). Pure.
/// </summary>
/// <param name="Status">The HTTP status, 300 or above.</param>
/// <param name="Code">Empty when the answer names none.</param>
/// <param name="Message">The API's message, without secrets; null when there is none.</param>
public sealed record ApiRefusal(int Status, string Code, string? Message)
{
    /// <param name="status">The HTTP status.</param>
    /// <param name="errorType">Value of x-amzn-ErrorType; empty when absent. A colon and the text after it are not part of the
    /// code.</param>
    /// <param name="body">The error's body; only the message of a JSON object is ever shown.</param>
    /// <param name="sentWith">The credentials that signed the request, which must not be shown.</param>
    public static ApiRefusal Read(int status, string errorType, ReadOnlySpan<byte> body, AwsCredentials? sentWith)
    {
        var (bodyCode, message) = ReadBody(body);
        var code = CodeOf(errorType.Length > 0 ? errorType : bodyCode ?? "");
        return new(status, ServiceWords.Of(code, sentWith) ?? "", ServiceWords.Of(message, sentWith));
    }

    /// <summary>
    /// Whether the key is refused, so that another one may work. A signature may also be refused for its time or its scope, which no other
    /// key changes.
    /// </summary>
    public bool RefusesKey =>
        Status == 403
        && Code switch
        {
            "UnrecognizedClientException" or "InvalidClientTokenId" or "ExpiredTokenException" or "ExpiredToken" => true,
            "InvalidSignatureException" or "SignatureDoesNotMatch" => Message?.StartsWith(
                "The request signature we calculated does not match",
                StringComparison.Ordinal
            ) == true,
            _ => false,
        };

    /// <summary>Whether the signature is refused because this machine's clock and the endpoint's differ.</summary>
    public bool RefusesTime =>
        Status == 403
        && Code switch
        {
            "RequestTimeTooSkewed" or "RequestExpired" or "RequestInTheFuture" => true,
            "InvalidSignatureException" or "SignatureDoesNotMatch" => Message is not null
                && (
                    Message.StartsWith("Signature expired", StringComparison.Ordinal)
                    || Message.StartsWith("Signature not yet current", StringComparison.Ordinal)
                ),
            _ => false,
        };

    /// <summary>The SQLSTATE of its class.</summary>
    public string SqlState => SqlStateOf(Status, Code);

    /// <param name="target">The target of the call.</param>
    /// <param name="shownArn">The function as errors name it.</param>
    /// <param name="clockOffset">How far the endpoint's clock is ahead of this machine's, if by too much.</param>
    public SqlError ToSql(InvokeTarget target, string shownArn, TimeSpan? clockOffset = null)
    {
        // A page of a proxy or a load balancer is not an answer of Lambda, so its text is not shown.
        if (Code.Length == 0 && Message is null)
            return new(
                SqlStates.ServiceFailed,
                InvocationFailures.ApiFailed,
                InvocationFailures.Quoted($"HTTP status {Status} without a message of the Lambda API"),
                Status is >= 300 and < 400
                    ? "Redirects are not followed: check the endpoint."
                    : $"The endpoint is {target.Endpoint}; is it Lambda's?"
            );
        return new(
            SqlStateOf(Status, Code),
            InvocationFailures.ApiFailed,
            InvocationFailures.Quoted(Message ?? $"{Code} (HTTP status {Status})"),
            RefusesTime ? HintOfTime(clockOffset) : HintOf(Status, Code, target, shownArn)
        );
    }

    private static string SqlStateOf(int status, string code) =>
        code switch
        {
            "AccessDeniedException" or "KMSAccessDeniedException" => SqlStates.AccessDenied,
            "TooManyRequestsException" or "EC2ThrottledException" or "ThrottlingException" or "ThrottledException" => SqlStates.Throttled,
            "ResourceNotFoundException" => SqlStates.NotFound,
            "InvalidParameterValueException"
            or "InvalidRequestContentException"
            or "ValidationException"
            or "UnsupportedMediaTypeException" => SqlStates.WrongArgument,
            "RequestEntityTooLargeException" or "RequestTooLargeException" => SqlStates.TooLarge,
            "UnrecognizedClientException"
            or "InvalidSignatureException"
            or "ExpiredTokenException"
            or "InvalidClientTokenId"
            or "IncompleteSignatureException"
            or "MissingAuthenticationTokenException"
            or "MissingAuthenticationToken"
            or "SignatureDoesNotMatch"
            or "RequestExpired"
            or "ExpiredToken"
            or "NotAuthorized"
            or "OptInRequired" => SqlStates.NoCredentials,
            "ResourceConflictException" or "ResourceNotReadyException" => SqlStates.NotReady,
            _ => status switch
            {
                403 => SqlStates.AccessDenied,
                429 => SqlStates.Throttled,
                413 => SqlStates.TooLarge,
                >= 500 => SqlStates.ServiceFailed,
                _ => SqlStates.ApiError,
            },
        };

    private static string HintOfTime(TimeSpan? clockOffset) =>
        (
            clockOffset is { } offset
                ? $"The clock of this machine is {ClockSkew.InWords(offset)} against the endpoint's"
                : "The clock of this " + "machine and the endpoint's differ"
        ) + ": set it, for example with `timedatectl set-ntp true`.";

    private static string? HintOf(int status, string code, InvokeTarget target, string shownArn) =>
        SqlStateOf(status, code) switch
        {
            SqlStates.AccessDenied => $"The caller needs the permission lambda:InvokeFunction on {shownArn}.",
            SqlStates.Throttled => "Try again later; raise the function's reserved concurrency or the account's limit if it goes on.",
            SqlStates.NotFound => "The Region asked is "
                + $"{target.Region}"
                + $"{(target.Function.AccountId is { } account ? $", the account {account}" : ", the account that of the credentials")}.",
            SqlStates.WrongArgument => "The API refused an argument; see its message.",
            SqlStates.TooLarge => $"The payload of {target.Type} has a limit of {target.MaxPayload} bytes.",
            SqlStates.NoCredentials =>
                "The service does not accept the credentials of the PostgreSQL server: expired, unknown key, wrong signature, or a "
                    + "clock that is wrong.",
            SqlStates.ServiceFailed => "The function may have run.",
            SqlStates.NotReady => "Try again when the function's State is Active and no update is in progress.",
            _ => null,
        };

    private static string CodeOf(string errorType)
    {
        var text = errorType.AsSpan();
        // AWS's protocols allow the form "com.amazonaws.lambda#Code:http://...".
        if (text.IndexOf(':') is var colon and >= 0)
            text = text[..colon];
        if (text.LastIndexOf('#') is var hash and >= 0)
            text = text[(hash + 1)..];
        return text.Trim().ToString();
    }

    private static (string? Code, string? Message) ReadBody(ReadOnlySpan<byte> body)
    {
        string? code = null,
            message = null;
        try
        {
            var reader = new Utf8JsonReader(body);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return default;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isMessage = reader.ValueTextEquals("message"u8) || reader.ValueTextEquals("Message"u8);
                var isCode = reader.ValueTextEquals("__type"u8) || reader.ValueTextEquals("code"u8);
                reader.Read();
                if (isMessage && reader.TokenType == JsonTokenType.String)
                    message ??= reader.GetString();
                else if (isCode && reader.TokenType == JsonTokenType.String)
                    code ??= reader.GetString();
                else
                    reader.Skip();
            }
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            // The body is not JSON or not text, and contains nothing that could be shown.
            return default;
        }
        return (code, message);
    }
}
