using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text.Json;
using Daybreak.Aws;
using Daybreak.Cloud.FrontDoor.Shapes;
using Microsoft.AspNetCore.Http;

namespace Daybreak.Cloud.FrontDoor.Protocols;

/// <summary>
/// AWS restJson1: method and path name the operation; members are in path, query, headers and a JSON body, or the body is one member's raw
/// bytes.
/// <see href="https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html"/>
/// </summary>
public sealed class RestJsonProtocol : IProtocol
{
    private readonly ConcurrentDictionary<AwsService, RestRouter> _routers = new();

    public ValueTask<AwsOperation> FindOperationAsync(AwsService service, AwsRequest request)
    {
        var router = _routers.GetOrAdd(service, static service => new RestRouter(service.Operations));
        return router.Find(request.Method, request.RawPath, request.Query) is { } operation
            ? ValueTask.FromResult(operation)
            : throw AwsException.Sender(
                "UnknownOperationException",
                $"{service.Name} has no operation {request.Method} {request.RawPath}",
                HttpStatusCode.NotFound
            );
    }

    public object ReadRequest(AwsService service, AwsOperation operation, AwsRequest request)
    {
        var record = operation.Request.Create();
        foreach (var member in operation.Request.Members)
        {
            switch (member.Location)
            {
                case MemberLocation.Label:
                    member.Set(record, TextScalar.Read(member, RestRouter.Label(operation, request.RawPath, member.LocationName)));
                    break;
                case MemberLocation.Query when request.Query.TryGetValue(member.LocationName, out var values):
                    member.Set(
                        record,
                        member.Shape is ListShape list
                            ? list.Build([.. values.Select(value => (object)(value ?? ""))])
                            : TextScalar.Read(member, values.ToString())
                    );
                    break;
                case MemberLocation.Header when request.Header(member.LocationName) is { } value:
                    member.Set(record, TextScalar.Read(member, value));
                    break;
                case MemberLocation.Payload:
                    member.Set(record, request.Body);
                    break;
                default:
                    break;
            }
        }
        RefuseUnknownParameters(operation, request);
        if (operation.Request.HasBody)
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
        foreach (var member in operation.Response.Members)
        {
            if (member.Location == MemberLocation.StatusCode)
                http.StatusCode = (int)member.Get(response)!;
            else if (member.Location == MemberLocation.Header && member.Get(response) is { } value)
                http.Headers[member.LocationName] = Convert.ToString(value, CultureInfo.InvariantCulture);
        }
        if (operation.Response.Payload?.Get(response) is StreamedPayload streamed)
        {
            http.ContentType = streamed.ContentType;
            await streamed.WriteAsync(http.BodyWriter, http.HttpContext.RequestAborted);
        }
        else if (operation.Response.Payload is { Shape: not StreamShape } payload)
            await RawBody.WriteAsync(http, "application/json", (ReadOnlyMemory<byte>)payload.Get(response)!);
        else if (http.StatusCode == StatusCodes.Status204NoContent || !operation.Response.HasBody)
            await RawBody.WriteAsync(http, null, default);
        else
            await WriteJsonAsync(
                http,
                "application/json",
                json => JsonShapeWriter.Write(json, operation.Response, response, service.CamelCaseMembers)
            );
    }

    public ValueTask WriteErrorAsync(AwsService service, AwsException error, string requestId, HttpResponse http)
    {
        http.StatusCode = (int)error.Status;
        if (error.RetryAfterSeconds is { } seconds)
            http.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        http.Headers["x-amzn-ErrorType"] = error.Code;
        var form = service.ErrorForm(error);
        return WriteJsonAsync(
            http,
            "application/json",
            json =>
            {
                json.WriteStartObject();
                foreach (var (name, value) in error.Members)
                    json.WriteString(name, value);
                if (form.WithType)
                    json.WriteString("Type", error.Fault == FaultSide.Sender ? "User" : "Service");
                if (error.Message.Length == 0)
                    json.WriteNull(form.MessageMember);
                else
                    json.WriteString(form.MessageMember, error.Message);
                json.WriteEndObject();
            }
        );
    }

    public AwsException Refuse(Refusal refusal, string message) => JsonRefusals.Of(refusal, message, HttpStatusCode.Forbidden);

    private static void RefuseUnknownParameters(AwsOperation operation, AwsRequest request)
    {
        if (request.RawQuery.Length == 0)
            return;
        foreach (var name in request.Query.Keys)
        {
            var known =
                name.StartsWith("X-Amz-", StringComparison.OrdinalIgnoreCase)
                || operation.Request.Members.Any(member => member.Location == MemberLocation.Query && member.LocationName == name)
                || RestRouter.Requires(operation, name);
            if (!known)
                throw NotImplemented.Of($"the parameter {name} of {operation.Name}");
        }
    }

    internal static async ValueTask WriteJsonAsync(HttpResponse http, string contentType, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (
            var json = new Utf8JsonWriter(
                buffer,
                new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }
            )
        )
            write(json);
        await RawBody.WriteAsync(http, contentType, buffer.WrittenMemory);
    }
}
