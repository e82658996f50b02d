using System.Net;
using Daybreak.Aws;
using Daybreak.Cloud.FrontDoor.Shapes;
using Microsoft.AspNetCore.Http;

namespace Daybreak.Cloud.FrontDoor.Protocols;

/// <summary>
/// AWS JSON 1.1: a header names the operation, and all members are in a JSON body.
/// <see href="https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html"/>
/// </summary>
public sealed class Json11Protocol : IProtocol
{
    private const string ContentType = "application/x-amz-json-1.1";

    public ValueTask<AwsOperation> FindOperationAsync(AwsService service, AwsRequest request)
    {
        var target = request.Header("X-Amz-Target");
        if (HttpMethods.IsPost(request.Method) && target?.Split('.', 2) is [var prefix, var name] && prefix == service.TargetPrefix)
        {
            if (service.Operations.FirstOrDefault(operation => operation.Name == name) is { } found)
                return ValueTask.FromResult(found);
        }
        throw AwsException.Sender("UnknownOperationException", "");
    }

    public object ReadRequest(AwsService service, AwsOperation operation, AwsRequest request)
    {
        var record = operation.Request.Create();
        JsonShapeReader.ReadBody(service, operation, request.Body, record);
        return record;
    }

    public async ValueTask WriteResponseAsync(
        AwsService service,
        AwsOperation operation,
        object response,
        string requestId,
        HttpResponse http
    )
    {
        http.StatusCode = operation.SuccessStatus;
        if (operation.Response.Payload?.Get(response) is StreamedPayload streamed)
        {
            http.ContentType = streamed.ContentType;
            await streamed.WriteAsync(http.BodyWriter, http.HttpContext.RequestAborted);
        }
        else if (operation.Response.Members.IsEmpty)
        {
            http.ContentType = ContentType;
            await RawBody.WriteAsync(http, null, default);
        }
        else
            await RestJsonProtocol.WriteJsonAsync(
                http,
                ContentType,
                json => JsonShapeWriter.Write(json, operation.Response, response, service.CamelCaseMembers)
            );
    }

    public ValueTask WriteErrorAsync(AwsService service, AwsException error, string requestId, HttpResponse http)
    {
        http.StatusCode = (int)error.Status;
        http.Headers["x-amzn-ErrorType"] = error.Code;
        return RestJsonProtocol.WriteJsonAsync(
            http,
            ContentType,
            json =>
            {
                json.WriteStartObject();
                json.WriteString("__type", error.Code);
                foreach (var (name, value) in error.Members)
                    json.WriteString(name, value);
                if (error.Message.Length > 0)
                    json.WriteString(service.ErrorForm(error).MessageMember, error.Message);
                json.WriteEndObject();
            }
        );
    }

    public AwsException Refuse(Refusal refusal, string message) => JsonRefusals.Of(refusal, message, HttpStatusCode.BadRequest);
}
