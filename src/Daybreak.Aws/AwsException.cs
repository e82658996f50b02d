using System.Collections.Immutable;
using System.Net;

namespace Daybreak.Aws;

/// <summary>
/// An error of an AWS service. Code, message and status are AWS's own; the protocol decides how they are written to the wire.
/// </summary>
public sealed class AwsException(string code, string message, HttpStatusCode status, FaultSide fault, Exception? cause = null)
    : Exception(message, cause)
{
    /// <summary>AWS's error code: <c>ResourceNotFoundException</c>, <c>NoSuchEntity</c>.</summary>
    public string Code { get; } = code;

    public HttpStatusCode Status { get; } = status;

    public FaultSide Fault { get; } = fault;

    /// <summary>Further members of the error's body by their AWS name, such as <c>Reason</c> of TooManyRequestsException.</summary>
    public ImmutableArray<KeyValuePair<string, string>> Members { get; init; } = [];

    /// <summary>Seconds for a <c>Retry-After</c> header; null when the service sends none.</summary>
    public int? RetryAfterSeconds { get; init; }

    /// <summary>An error that the caller caused.</summary>
    public static AwsException Sender(string code, string message, HttpStatusCode status = HttpStatusCode.BadRequest) =>
        new(code, message, status, FaultSide.Sender);

    /// <summary>An error that the service caused.</summary>
    public static AwsException Receiver(
        string code,
        string message,
        HttpStatusCode status = HttpStatusCode.InternalServerError,
        Exception? cause = null
    ) => new(code, message, status, FaultSide.Receiver, cause);
}
