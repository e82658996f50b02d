using System.Net;
using Daybreak.Aws;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.FrontDoor.Protocols;
using Microsoft.AspNetCore.Http;

namespace Daybreak.Cloud.Forwarding;

/// <summary>How a service that is not here refuses requests. It reads and writes none: the service itself does.</summary>
internal sealed class ForeignProtocol(string service, IProtocol like) : IProtocol
{
    private static readonly IProtocol Json = new Json11Protocol(),
        Query = new QueryProtocol(),
        RestJson = new RestJsonProtocol();

    /// <summary>The protocol that a request shows.</summary>
    public static ForeignProtocol Of(string service, AwsRequest request) =>
        new(
            service,
            request.Header("X-Amz-Target") is not null || CborError.IsSpokenBy(request) ? Json
                : RequestedOperation.IsForm(request) || request.Query.ContainsKey("Action") ? Query
                : RestJson
        );

    public AwsException Refuse(Refusal refusal, string message) =>
        service switch
        {
            "s3" => OfS3(refusal, message),
            "sns" when refusal == Refusal.AccessDenied => AwsException.Sender("AuthorizationError", message, HttpStatusCode.Forbidden),
            _ => like.Refuse(refusal, message),
        };

    public ValueTask<AwsOperation> FindOperationAsync(AwsService service, AwsRequest request) => throw new NotSupportedException();

    public object ReadRequest(AwsService service, AwsOperation operation, AwsRequest request) => throw new NotSupportedException();

    public ValueTask WriteResponseAsync(AwsService service, AwsOperation operation, object response, string requestId, HttpResponse http) =>
        throw new NotSupportedException();

    public ValueTask WriteErrorAsync(AwsService service, AwsException error, string requestId, HttpResponse http) =>
        throw new NotSupportedException();

    private static AwsException OfS3(Refusal refusal, string message) =>
        refusal switch
        {
            Refusal.UnrecognizedClient => Forbidden(
                "InvalidAccessKeyId",
                "The AWS Access Key Id you provided does not exist in our records."
            ),
            Refusal.InvalidSignature => Forbidden("SignatureDoesNotMatch", message),
            Refusal.RequestExpired => Forbidden("RequestTimeTooSkewed", message),
            Refusal.ExpiredToken => AwsException.Sender("ExpiredToken", "The provided token has expired."),
            Refusal.IncompleteSignature => AwsException.Sender("AuthorizationHeaderMalformed", message),
            _ => Forbidden("AccessDenied", WithQuotes(message)),
        };

    // S3 writes the ARN in quotes.
    private static string WithQuotes(string message)
    {
        const string Before = " on resource: ";
        var start = message.IndexOf(Before, StringComparison.Ordinal) + Before.Length;
        if (start < Before.Length)
            return message;
        var end = message.IndexOf(" because ", start, StringComparison.Ordinal);
        if (end < 0)
            end = message.IndexOf(" with an explicit deny", start, StringComparison.Ordinal);
        return end < 0 ? message : $"{message[..start]}\"{message[start..end]}\"{message[end..]}";
    }

    private static AwsException Forbidden(string code, string message) => AwsException.Sender(code, message, HttpStatusCode.Forbidden);
}
