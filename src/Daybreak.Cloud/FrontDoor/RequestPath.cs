using System.Net;
using System.Text.Json.Nodes;
using Daybreak.Aws;
using Daybreak.Cloud.FrontDoor.Admin;
using Daybreak.Cloud.FrontDoor.Authentication;
using Daybreak.Cloud.FrontDoor.Shapes;
using Daybreak.Cloud.FrontDoor.SideDoors;
using Daybreak.Cloud.State;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;

namespace Daybreak.Cloud.FrontDoor;

/// <summary>The one way of every request, in order.</summary>
/// <param name="endpoint">Where clients reach the local AWS.</param>
/// <param name="failed">Hears of failures that are ours.</param>
/// <param name="routes">Tells how requests came; null: all from this machine.</param>
public sealed class RequestPath(
    ServiceFinder services,
    AdminRoutes admin,
    IAuthenticator authenticator,
    IAuthorizer authorizer,
    RequestGate gate,
    string defaultRegion,
    Uri endpoint,
    Action<Exception> failed,
    INetworkRoutes? routes = null
)
{
    private readonly BodyMemory _bodies = new();
    private readonly string _endpoint = endpoint.ToString().TrimEnd('/');

    public async Task HandleAsync(HttpContext http)
    {
        // 1. Not for a web page.
        var refusal = WebPages.Refusal(http.Request, atSideDoor: http.Features.Get<SideDoor>() is not null);

        // 2. Ours: status, reset, downloads of code.
        if (admin.Find(http.Request, refusal) is { } route)
        {
            await AnswerOursAsync(route, http);
            return;
        }

        // 3. Every answer carries a request id.
        var requestId = Guid.NewGuid().ToString();
        http.Response.Headers["x-amzn-RequestId"] = requestId;
        using var request = new AwsRequest(http, requestId, _bodies);
        AwsService? service = null;
        try
        {
            if (refusal is not null)
                throw AwsException.Sender("AccessDenied", refusal, HttpStatusCode.Forbidden);

            // 4. Which service, and who claims to ask? Nobody else's body is read.
            service = services.Find(request);
            var claim = authenticator.Examine(request, service);

            // 5. Which operation? The whole body: the signature covers it.
            var operation = await service.Protocol.FindOperationAsync(service, request);
            await request.ReadBodyAsync(operation.RequestLimit, operation.TooLarge);

            // Not while everything is emptied.
            using var passage = await gate.EnterAsync(request.Aborted);

            // 6. Who asks, and from where?
            var caller = authenticator.Authenticate(claim, request, service);
            var region = request.Scope?.Region ?? defaultRegion;
            var way = routes is null
                ? null
                : await routes.FindAsync(http.Features.Get<SideDoor>(), caller, service, region, request.Aborted);
            var context = new OperationContext(caller.AccountId, region, caller, requestId, _endpoint, request.Aborted)
            {
                Circumstances = new RequestKeys(request, region, way),
                Route = way,
            };

            // 7. What do they ask for?
            if (operation.IsRefused)
                throw NotImplemented.Of($"the operation {operation.Name} of {service.Name}");
            var record = service.Protocol.ReadRequest(service, operation, request);
            RequestValidator.Validate(service, operation, record);

            // 8. May they?
            authorizer.Authorize(service, operation, record, context);

            // 9. Run it and answer.
            var response = await operation.RunAsync(record, context);
            await service.Protocol.WriteResponseAsync(service, operation, response, requestId, http.Response);
        }
        catch (Exception failure) when (!http.Response.HasStarted && Answer(failure, http) is { } error)
        {
            if (service is null)
                await UnknownService.WriteErrorAsync(request, error, http.Response);
            else
                await service.Protocol.WriteErrorAsync(service, error, requestId, http.Response);
        }
    }

    /// <summary>A failure of a route of ours says why, too, in the shape of its other errors.</summary>
    private async Task AnswerOursAsync(Func<HttpContext, Task> route, HttpContext http)
    {
        try
        {
            await route(http);
        }
        catch (Exception failure) when (!http.Response.HasStarted && Answer(failure, http) is { } error)
        {
            http.Response.StatusCode = (int)error.Status;
            await http.Response.WriteAsJsonAsync(new JsonObject { ["message"] = error.Message }, http.RequestAborted);
        }
    }

    /// <summary>The error to answer; null when there is nobody to answer or Kestrel does it (a broken request).</summary>
    private AwsException? Answer(Exception failure, HttpContext http)
    {
        switch (failure)
        {
            case AwsException error:
                return error;
            case OperationCanceledException when gate.IsClosed && !http.RequestAborted.IsCancellationRequested:
                return AwsException.Receiver(
                    "ServiceUnavailable",
                    "A reset of the local AWS ended the request.",
                    HttpStatusCode.ServiceUnavailable
                );
            case OperationCanceledException or Microsoft.AspNetCore.Http.BadHttpRequestException or ConnectionResetException:
                return null;
            case IOException when http.RequestAborted.IsCancellationRequested:
                return null;
            default:
                failed(failure);
                return AwsException.Receiver("ServiceException", StorageFailure.TextOf(failure) ?? "An internal error occurred.");
        }
    }
}
