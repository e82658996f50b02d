using System.Security.Cryptography;
using Daybreak.Aws;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.FrontDoor.SideDoors;
using Daybreak.Cloud.S3.Storage;
using Daybreak.Cloud.State;
using Microsoft.AspNetCore.Http;

namespace Daybreak.Cloud.S3.Protocol;

/// <summary>The steps of a request for S3. Unlike those of other services, its body streams, and it need not be signed.</summary>
/// <param name="others">Finds the services that unsigned requests are for otherwise.</param>
/// <param name="routes">Finds network routes of requests; null: all come from this machine.</param>
internal sealed class S3Door(
    AwsService service,
    S3Authenticator authenticator,
    S3Access access,
    ObjectStore store,
    CrossOrigin pages,
    ServiceFinder others,
    RequestGate gate,
    INetworkRoutes? routes,
    string defaultRegion,
    string endpoint,
    Func<CancellationToken> ending
)
{
    private readonly S3Router _router = new(service.Operations);

    /// <summary>What answers a request; null: it is not for S3.</summary>
    public Func<HttpContext, Task>? Find(AwsRequest request) => IsForS3(request) ? http => HandleAsync(request, http) : null;

    private bool IsForS3(AwsRequest request)
    {
        if (request.Scope is { } scope)
            return scope.Service == service.Name;
        // Other services tell unsigned requests in their own words.
        return S3Address.NamesS3(request.Host)
            || (S3Address.NamesBucket(request.Host) && others.ByHost(request.Host) is null)
            || (
                request.Header("X-Amz-Target") is null
                && !request.Query.ContainsKey("Action")
                && request.Header("Content-Type") is not "application/x-www-form-urlencoded"
                && others.Hinted(request) is null
                && !request.Headers.Authorization.ToString().StartsWith("AWS4", StringComparison.Ordinal)
            );
    }

    private async Task HandleAsync(AwsRequest request, HttpContext http)
    {
        var requestId = Convert.ToHexString(RandomNumberGenerator.GetBytes(8));
        var headers = http.Response.Headers;
        headers.Remove("x-amzn-RequestId");
        headers["x-amz-request-id"] = requestId;
        headers["x-amz-id-2"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(48));
        headers.Server = "AmazonS3";
        // An empty body is never asked for, and botocore takes an answer without "100 Continue" for that of the next request as well.
        if (request.Headers.Expect.Count > 0 && http.Request.ContentLength == 0)
            headers.Connection = "close";
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(request.Aborted, ending());
        try
        {
            // 1. What is asked for, and by whom. The body of anybody else is not read.
            var address = S3Address.Of(request);
            if (HttpMethods.IsOptions(request.Method))
            {
                await pages.AnswerAsync(request, address, http.Response);
                return;
            }
            var identity = authenticator.Identify(request, address);
            var operation = _router.Find(request, address);

            // Requests wait during a reset.
            using var passage = await gate.EnterAsync(request.Aborted);

            // 2. The bucket, and the permission.
            var region = request.Scope?.Region ?? defaultRegion;
            var way = routes is null
                ? null
                : await routes.FindAsync(http.Features.Get<SideDoor>(), identity.Caller, service, region, request.Aborted);
            var context = new OperationContext(identity.Caller.AccountId, region, identity.Caller, requestId, endpoint, ended.Token)
            {
                Circumstances = new RequestKeys(request, region, way),
                Route = way,
            };
            var call = new S3Call(request, http, address, identity, context, access)
            {
                Bucket = BucketOf(operation, address, request, http.Response)!,
            };
            if (operation.Needs is { } action)
                access.Require(call, action, call.Bucket, operation.On == S3Resource.Object ? call.Key : null);

            // 3. The operation, which answers.
            await operation.Answer(call);
        }
        catch (Exception failure) when (!http.Response.HasStarted && ErrorOf(failure) is { } error)
        {
            // A client that waits for permission to send its body sends none now, and the next request must not be taken for it.
            if (request.IsBodyAwaited)
                http.Response.Headers.Connection = "close";
            await service.Protocol.WriteErrorAsync(service, error, requestId, http.Response);
        }
    }

    private Bucket? BucketOf(S3Operation operation, S3Address address, AwsRequest request, HttpResponse response)
    {
        if (operation.On == S3Resource.Service || operation.MakesBucket)
            return null;
        if (!store.TryFind(address.Bucket!, out var bucket))
            throw S3Errors.NoSuchBucket(address.Bucket!);
        CrossOrigin.Mark(bucket, request, response);
        if (request.Scope is { } scope && scope.Region != bucket.Region)
        {
            response.Headers["x-amz-bucket-region"] = bucket.Region;
            throw S3Errors.WrongRegion(scope.Region, bucket.Region);
        }
        if (request.Header("x-amz-expected-bucket-owner") is { } owner)
        {
            if (owner.Length != 12 || owner.AsSpan().ContainsAnyExceptInRange('0', '9'))
                throw S3Errors.InvalidOwner(owner);
            if (owner != bucket.AccountId)
                throw S3Errors.AccessDenied();
        }
        return bucket;
    }

    private static AwsException? ErrorOf(Exception failure) =>
        failure switch
        {
            AwsException error => error,
            StateException or UnauthorizedAccessException => AwsException.Receiver("InternalError", StorageFailure.TextOf(failure)!),
            IOException
                when failure
                    is not (
                        Microsoft.AspNetCore.Http.BadHttpRequestException
                        or Microsoft.AspNetCore.Connections.ConnectionResetException
                    ) => AwsException.Receiver("InternalError", StorageFailure.TextOf(failure)!),
            _ => null,
        };
}
