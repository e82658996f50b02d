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

/// <summary>The steps of every request, in order.</summary>
/// <param name="endpoint">The address of the local AWS for clients.</param>
/// <param name="failed">Called for internal failures.</param>
/// <param name="urls">Finds what answers requests that are for no API, but for the URL of a function; null: there are none.</param>
/// <param name="others">Finds what answers requests that have steps of their own: for services that are elsewhere, and for S3, whose
/// bodies stream. Null: nothing does.</param>
/// <param name="pages">Whether one of those answers a request of a web page all the same; null: none does.</param>
/// <param name="routes">Finds network routes of requests; null: all come from this machine.</param>
public sealed class RequestPath(
    ServiceFinder services,
    AdminRoutes admin,
    IAuthenticator authenticator,
    IAuthorizer authorizer,
    RequestGate gate,
    string defaultRegion,
    Uri endpoint,
    Action<Exception> failed,
    INetworkRoutes? routes = null,
    Func<HttpRequest, Func<HttpContext, Task>?>? urls = null,
    Func<AwsRequest, Func<HttpContext, Task>?>? others = null,
    Func<AwsRequest, bool>? pages = null
)
{
    private readonly BodyMemory _bodies = new();
    private readonly string _endpoint = endpoint.ToString().TrimEnd('/');

    public async Task HandleAsync(HttpContext http)
    {
        // 0. URLs of functions have hosts of their own, and rules of their own for web pages.
        if (urls?.Invoke(http.Request) is { } url)
        {
            await url(http);
            return;
        }

        // 1. Web pages are refused.
        var refusal = WebPages.Refusal(http.Request, atSideDoor: http.Features.Get<SideDoor>() is not null);

        // 2. Paths of our own: status, reset, downloads of code.
        if (admin.Find(http.Request, refusal) is { } route)
        {
            await AnswerOursAsync(route, http);
            return;
        }

        // 3. Every answer has a request id.
        var requestId = Guid.NewGuid().ToString();
        http.Response.Headers["x-amzn-RequestId"] = requestId;
        using var request = new AwsRequest(http, requestId, _bodies);
        AwsService? service = null;
        try
        {
            // Some requests have steps of their own, and one of them rules for web pages.
            var other = others?.Invoke(request);
            if (refusal is not null && !(other is not null && OwnHost.Is(request.Host) && pages?.Invoke(request) == true))
                throw AwsException.Sender("AccessDenied", refusal, HttpStatusCode.Forbidden);
            if (other is not null)
            {
                await Task.Yield();
                await other(http);
                return;
            }

            // 4. The service and the claimed caller. The body of anybody else is not read.
            service = services.Find(request);
            var claim = authenticator.Examine(request, service);

            // 5. The operation, and the whole body, since the signature covers it.
            var operation = await service.Protocol.FindOperationAsync(service, request);
            await request.ReadBodyAsync(operation.RequestLimit, operation.TooLarge);
            if (!operation.IsBrief)
                await Task.Yield(); // other connections are served meanwhile

            // Requests wait during a reset.
            using var passage = await gate.EnterAsync(request.Aborted);

            // 6. The verified caller, and the network route.
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

            // 7. The validated request.
            if (operation.IsRefused)
                throw NotImplemented.Of($"the operation {operation.Name} of {service.Name}");
            var record = service.Protocol.ReadRequest(service, operation, request);
            RequestValidator.Validate(service, operation, record);

            // 8. The permission.
            authorizer.Authorize(service, operation, record, context);

            // 9. The operation runs, and its response is written.
            var response = await operation.RunAsync(record, context);
            await service.Protocol.WriteResponseAsync(service, operation, response, requestId, http.Response);
        }
        catch (Exception failure) when (!http.Response.HasStarted && Answer(failure, http) is { } error)
        {
            // A client that waits for permission to send its body sends none now, and the next request must not be taken for it.
            if (request.IsBodyAwaited)
                http.Response.Headers.Connection = "close";
            if (service is null)
                await UnknownService.WriteErrorAsync(request, error, http.Response);
            else
                await service.Protocol.WriteErrorAsync(service, error, requestId, http.Response);
        }
    }

    /// <summary>A failure of a path of ours also reports its reason, in the same form as other errors.</summary>
    private async Task AnswerOursAsync(Func<HttpContext, Task> route, HttpContext http)
    {
        try
        {
            await Task.Yield();
            await route(http);
        }
        catch (Exception failure) when (!http.Response.HasStarted && Answer(failure, http) is { } error)
        {
            http.Response.StatusCode = (int)error.Status;
            await http.Response.WriteAsJsonAsync(new JsonObject { ["message"] = error.Message }, http.RequestAborted);
        }
    }

    /// <summary>Returns the error to answer; null when nobody can receive it, or when Kestrel answers (a malformed request).</summary>
    private AwsException? Answer(Exception failure, HttpContext http)
    {
        switch (failure)
        {
            case AwsException error:
                return error;
            case CutConnectionException:
                http.Abort();
                return null;
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
