using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Daybreak.Aws;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.FrontDoor.Authentication;
using Daybreak.Cloud.FrontDoor.Protocols;
using Daybreak.Cloud.FrontDoor.SideDoors;
using Daybreak.Cloud.Lambda.Invoking;
using Daybreak.Cloud.Lambda.Permissions;
using Daybreak.Cloud.Lambda.Runtime;
using Daybreak.Cloud.Lambda.Testing;
using Daybreak.Cloud.Policy;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;

namespace Daybreak.Cloud.Lambda.Urls;

/// <summary>Answers requests to the URLs of functions.</summary>
/// <param name="service">Lambda, for which callers sign.</param>
/// <param name="failed">Called for internal failures.</param>
internal sealed class FunctionUrlDoor(
    FunctionUrlTable urls,
    FunctionPolicies policies,
    FunctionRunner runner,
    AwsService service,
    IAuthenticator authenticator,
    IAuthorizer authorizer,
    RequestGate gate,
    Action<Exception> failed,
    TimeProvider time
)
{
    private const string Forbidden =
        "Forbidden. For troubleshooting Function URL authorization issues, see: "
        + "https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html";

    private readonly BodyMemory _bodies = new();

    /// <summary>What a caller needs: since October 2025 AWS asks for both.</summary>
    private readonly AwsOperation[] _actions =
    [
        Action("InvokeFunctionUrl", policies, static url => FunctionUrls.KeysOf(url.AuthType)),
        Action(
            "InvokeFunction",
            policies,
            static url => new ContextKeys { { "lambda:FunctionUrlAuthType", url.AuthType }, { "lambda:InvokedViaFunctionUrl", "true" } }
        ),
    ];

    /// <summary>Returns null for a request that is for none of them.</summary>
    public Func<HttpContext, Task>? Find(HttpRequest request) =>
        request.HttpContext.Features.Get<SideDoor>() is null && UrlAddress.Of(request) is { } address
            ? http => HandleAsync(http, address)
            : null;

    private async Task HandleAsync(HttpContext http, UrlAddress address)
    {
        var requestId = Guid.NewGuid().ToString();
        http.Response.Headers["x-amzn-RequestId"] = requestId;
        using var request = new AwsRequest(http, requestId, _bodies);
        try
        {
            // 1. The URL. AWS's answer for one that does not exist has no message.
            if (Find(address) is not { } url)
            {
                await RefuseAsync(http, 403, "AccessDeniedException", null);
                return;
            }

            // 2. Web pages, which may be from anywhere.
            if (address.RefusalOfPage(http.Request, url) is { } refusal)
            {
                await RefuseAsync(http, 403, "AccessDeniedException", refusal);
                return;
            }
            var origin = http.Request.Headers.Origin.ToString();
            if (origin.Length > 0 && url.Cors is not null && IsPreflight(http.Request))
            {
                WriteHeaders(http.Response, url.Cors.HeadersFor(origin, isPreflight: true));
                return;
            }

            // 3. The claimed caller, then the body, since the signature covers it. Requests wait during a reset.
            var claim = url.AuthType == FunctionUrl.AwsIam ? Examine(request, url) : null;
            await request.ReadBodyAsync(Invocations.SynchronousLimit, static (_, length) => LambdaErrors.UrlBodyTooLarge(length));
            using var passage = await gate.EnterAsync(request.Aborted);
            if (Find(address) is null)
            {
                await RefuseAsync(http, 403, "AccessDeniedException", null);
                return;
            }

            // 4. The caller and the permissions.
            var caller = claim is null ? null : Verify(() => authenticator.Authenticate(claim, request, service));
            Authorize(request, url, caller);

            // 5. The function.
            var traceId = TraceId.Of(request.Header("X-Amzn-Trace-Id"), runner.IsTraced(url.Reference), time);
            var payload = UrlEvent.Of(http.Request, address, url, request.Body, caller, requestId, traceId, time.GetUtcNow());
            var stream = url.InvokeMode == FunctionUrl.ResponseStream ? new ResponseStream() : null;
            var invocation = new Invocation(requestId, url.Reference.Arn, payload, null, traceId, WantsLogTail: false, stream)
            {
                Caller = InvocationCaller.OfUrl,
            };
            http.Response.Headers["X-Amzn-Trace-Id"] = traceId;
            var answer = new UrlAnswer(http, () => WriteHeaders(http.Response, url.Cors?.HeadersFor(origin, isPreflight: false) ?? []));
            if (stream is null)
                await answer.WriteAsync(await OutcomeAsync(url, invocation, request.Aborted));
            else
                await answer.WriteAsync(stream, await runner.BeginAsync(url.Reference, invocation, request.Aborted), request.Aborted);
        }
        catch (AwsException error) when (!http.Response.HasStarted)
        {
            if (error.RetryAfterSeconds is { } seconds)
                http.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
            await RefuseAsync(http, (int)error.Status, error.Code, error.Message);
        }
        catch (CutConnectionException)
        {
            http.Abort();
        }
        catch (OperationCanceledException) when (gate.IsClosed && !http.RequestAborted.IsCancellationRequested && !http.Response.HasStarted)
        {
            await RefuseAsync(http, 503, "ServiceUnavailable", "A reset of the local AWS ended the request.");
        }
        catch (Exception error) when (!http.Response.HasStarted && IsOurs(error, http))
        {
            failed(error);
            await RefuseAsync(http, 500, "ServiceException", "An internal error occurred.");
        }
    }

    private FunctionUrl? Find(UrlAddress address) =>
        urls.Find(address.Id) is { } url && (address.Region ?? url.Region) == url.Region ? url : null;

    private async Task<InvocationOutcome> OutcomeAsync(FunctionUrl url, Invocation invocation, CancellationToken cancellation) =>
        (
            await runner.RunAsync(url.Reference, invocation, cancellation)
            ?? throw LambdaErrors.FunctionNotFound(url.Reference.QualifiedArn)
        ).Outcome;

    private ClaimedIdentity Examine(AwsRequest request, FunctionUrl url) =>
        Verify(() =>
        {
            var claim = authenticator.Examine(request, service);
            return request.Scope?.Region == url.Region ? claim : throw AwsException.Sender("InvalidSignatureException", "");
        });

    private void Authorize(AwsRequest request, FunctionUrl url, Caller? caller)
    {
        var context = new OperationContext(
            url.AccountId,
            url.Region,
            caller ?? new Caller(new Principal.Anonymous(), ""),
            request.RequestId,
            "",
            request.Aborted
        )
        {
            Circumstances = new RequestKeys(request, url.Region),
        };
        Verify(() =>
        {
            foreach (var action in _actions)
                authorizer.Authorize(service, action, url, context);
            return true;
        });
    }

    // Whatever is wrong with signature or permissions, AWS answers the same.
    private static T Verify<T>(Func<T> step)
    {
        try
        {
            return step();
        }
        catch (AwsException)
        {
            throw AwsException.Sender("AccessDeniedException", Forbidden, HttpStatusCode.Forbidden);
        }
    }

    private static AwsOperation<FunctionUrl, NoMembers> Action(
        string name,
        FunctionPolicies policies,
        Func<FunctionUrl, IContextKeys> keys
    ) =>
        new(name, static (_, _) => NoMembers.Instance)
        {
            Resource = static (url, _) => url.Reference.Arn,
            Keys = (url, _) => keys(url),
            ResourcePolicy = (url, _) => policies.PolicyOf(url.Reference.Arn),
        };

    private static bool IsPreflight(HttpRequest request) =>
        HttpMethods.IsOptions(request.Method) && request.Headers.ContainsKey("Access-Control-Request-Method");

    private static void WriteHeaders(HttpResponse http, IEnumerable<KeyValuePair<string, string>> headers)
    {
        foreach (var (name, value) in headers)
            http.Headers[name] = name == "Vary" ? http.Headers.Vary + (http.Headers.Vary.Count == 0 ? value : $", {value}") : value;
    }

    // Not what Kestrel answers or nobody can receive.
    private static bool IsOurs(Exception error, HttpContext http) =>
        error is not (OperationCanceledException or BadHttpRequestException or ConnectionResetException)
        && !(error is IOException && http.RequestAborted.IsCancellationRequested);

    private static Task RefuseAsync(HttpContext http, int status, string code, string? message)
    {
        http.Response.StatusCode = status;
        http.Response.Headers["x-amzn-ErrorType"] = code;
        var body = new JsonObject { ["Message"] = message }.ToJsonString(UrlAnswer.Plain);
        return RawBody.WriteAsync(http.Response, "application/json", Encoding.UTF8.GetBytes(body)).AsTask();
    }
}
