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
            "s3" => S3Refusals.Of(refusal, message),
            "sns" when refusal == Refusal.AccessDenied => AwsException.Sender("AuthorizationError", message, HttpStatusCode.Forbidden),
            _ => like.Refuse(refusal, message),
        };

    public ValueTask<AwsOperation> FindOperationAsync(AwsService service, AwsRequest request) => throw new NotSupportedException();

    public object ReadRequest(AwsService service, AwsOperation operation, AwsRequest request) => throw new NotSupportedException();

    public ValueTask WriteResponseAsync(AwsService service, AwsOperation operation, object response, string requestId, HttpResponse http) =>
        throw new NotSupportedException();

    public ValueTask WriteErrorAsync(AwsService service, AwsException error, string requestId, HttpResponse http) =>
        throw new NotSupportedException();
}
