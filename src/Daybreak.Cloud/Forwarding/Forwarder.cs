using System.Collections.Immutable;
using System.Net;
using Daybreak.Aws;
using Daybreak.Aws.Signing;
using Daybreak.Cloud.Forwarding.Bodies;
using Daybreak.Cloud.Forwarding.Permissions;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.FrontDoor.Authentication;
using Daybreak.Cloud.FrontDoor.SideDoors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Daybreak.Cloud.Forwarding;

/// <summary>
/// Sends requests for services that are not here on to another endpoint, after the caller is known and IAM has allowed the request here.
/// </summary>
/// <param name="here">Services that are here.</param>
/// <param name="idleLimit">How long nothing may move, in either direction, until a request is given up.</param>
/// <param name="time">The clock by which services verify signatures.</param>
public sealed class Forwarder(
    Forwards forwards,
    IReadOnlyCollection<string> here,
    IAuthenticator authenticator,
    IAuthorizer authorizer,
    RequestGate gate,
    INetworkRoutes? routes,
    TimeSpan idleLimit,
    TimeProvider time
)
{
    /// <summary>Longest body that has to be read before it can be judged or its signature verified.</summary>
    private const long LongestRead = 64 * 1024 * 1024;

    private const string Via = "Via";
    private const string Chunks = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD";
    private const string ChunksWithTrailer = Chunks + "-TRAILER";

    private static readonly AwsOperation<NeededOfRequest, NoMembers> Judged = new(
        "Forward",
        static NoMembers (NeededOfRequest _, OperationContext _) => throw new NotSupportedException()
    )
    {
        Permissions = static (needed, _) => needed.Permissions,
    };

    // The name of this process among those that a request has come through.
    private readonly string _name = $"daybreak-{Guid.NewGuid():N}";

    /// <summary>What answers a request; null: it is for a service that is here, for none, or for one that is not sent on.</summary>
    public Func<HttpContext, Task>? Find(AwsRequest request) =>
        request.Scope is { Service.Length: > 0 } scope && !here.Contains(scope.Service) && forwards.Find(scope.Service) is { } target
            ? http => ForwardAsync(request, scope, target, http)
            : null;

    private async Task ForwardAsync(AwsRequest request, CredentialScope scope, ForwardTarget target, HttpContext http)
    {
        // 1. It has not been here before, and nobody was led to it by a page.
        if (request.Headers[Via].Any(via => via?.Contains(_name, StringComparison.Ordinal) == true))
            throw ForwardErrors.Loop(scope.Service, target.Rule.Url);
        var protocol = ForeignProtocol.Of(scope.Service, request);
        if (request.IsOpenedByHand && request.Query.ContainsKey("Action"))
            throw protocol.Refuse(
                FrontDoor.Protocols.Refusal.AccessDenied,
                "A browser cannot be redirected to an operation of this service, which may change something."
            );

        // 2. The claimed caller. The body of anybody else is not read.
        var service = Service(scope.Service, protocol);
        var claim = authenticator.Examine(request, service);
        var declared = claim.Authorization.DeclaredPayloadHash;
        var isRead = declared is null || RequestedOperation.IsInBody(scope.Service, request) || S3Permissions.DeletesSeveral(request);
        if (isRead)
            await request.ReadBodyAsync(LongestRead, static (_, length) => ForwardErrors.TooLarge(length));

        // 3. The caller, and what it may do.
        using (await gate.EnterAsync(request.Aborted))
        {
            var caller = isRead
                ? authenticator.Authenticate(claim, request, service)
                : authenticator.AuthenticateHead(claim, request, service);
            await AuthorizeAsync(request, scope, service, caller, http);
        }

        // 4. The request as the target gets it, and its answer.
        using var idle = CancellationTokenSource.CreateLinkedTokenSource(request.Aborted);
        void Progress() => idle.CancelAfter(idleLimit);
        Progress();
        var content = isRead ? null : BodyOf(http, claim);
        content?.Progress = Progress;
        using var sent = Outgoing(request, scope, target, claim.Key.Caller.AccountId, content, declared);
        try
        {
            using var answer = await target.SendAsync(sent, scope.Service, idle.Token);
            Progress();
            await AnswerAsync(answer, http, Progress, idle.Token);
        }
        catch (Exception) when (content?.Failure is AwsException wrong && !http.Response.HasStarted)
        {
            throw wrong;
        }
        catch (OperationCanceledException) when (!request.Aborted.IsCancellationRequested && !http.Response.HasStarted)
        {
            throw ForwardErrors.Unavailable(
                $"{scope.Service} is sent on to {target.Rule.Url}, which has not answered for {idleLimit.TotalSeconds:0} seconds."
            );
        }
        catch (IOException error) when (!http.Response.HasStarted)
        {
            throw ForwardErrors.Unavailable($"{scope.Service} is sent on to {target.Rule.Url}, which breaks off: {error.Message}", error);
        }
        catch (Exception error)
            when (http.Response.HasStarted && error is HttpRequestException or IOException or OperationCanceledException)
        {
            http.Abort(); // the client must not take half an answer for a whole one
        }
    }

    private async Task AuthorizeAsync(AwsRequest request, CredentialScope scope, AwsService service, Caller caller, HttpContext http)
    {
        var way = routes is null
            ? null
            : await routes.FindAsync(http.Features.Get<SideDoor>(), caller, service, scope.Region, request.Aborted);
        var context = new OperationContext(caller.AccountId, scope.Region, caller, request.RequestId, "", request.Aborted)
        {
            Circumstances = new RequestKeys(request, scope.Region, way),
            Route = way,
        };
        var needed = new NeededPermissions(scope.Region, caller.AccountId);
        var operation = RequestedOperation.Of(scope.Service, request);
        var prefix = NeededPermissions.PrefixOf(scope.Service);
        authorizer.Authorize(
            Service(prefix, service.Protocol),
            Judged,
            new NeededOfRequest { Permissions = needed.Of(operation, request) },
            context
        );
    }

    private static ForwardedBody? BodyOf(HttpContext http, ClaimedIdentity claim)
    {
        var body = http.Features.GetRequiredFeature<IHttpRequestBodyDetectionFeature>();
        if (!body.CanHaveBody)
            return null;
        var declared = claim.Authorization.DeclaredPayloadHash;
        if (declared is Chunks or ChunksWithTrailer)
        {
            if (!long.TryParse(http.Request.Headers["x-amz-decoded-content-length"], out var length) || length < 0)
                throw AwsException.Sender(
                    "MissingContentLength",
                    "You must provide the Content-Length HTTP header.",
                    HttpStatusCode.LengthRequired
                );
            return new SignedChunks(
                http.Request.BodyReader,
                length,
                declared == ChunksWithTrailer,
                claim.Authorization,
                claim.Key.Credentials.SecretAccessKey
            );
        }
        return new PlainBody(http.Request.BodyReader, http.Request.ContentLength, IsHash(declared) ? declared : null);
    }

    private HttpRequestMessage Outgoing(
        AwsRequest request,
        CredentialScope scope,
        ForwardTarget target,
        string accountId,
        ForwardedBody? streamed,
        string? declared
    )
    {
        var isS3 = scope.Service == "s3";
        var path = target.PathOf(isS3 ? S3Place.Of(request).Path : request.RawPath);
        var query = string.Join('&', request.RawQuery.Split('&').Where(static pair => pair.Length > 0 && !IsOfSignature(pair)));
        var full = query.Length > 0 ? $"{path}?{query}" : path;
        var url = new Uri(
            target.Rule.Url.GetLeftPart(UriPartial.Authority) + full,
            new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }
        );
        // Emulators make URLs, such as those of queues, of the host that they are asked for: theirs lead back here. The host of a
        // client that has the bucket in it would name the bucket twice.
        var host =
            target.Rule is { IsLocal: true, Profile: null } && !(isS3 && !request.Host.StartsWith("127.", StringComparison.Ordinal))
                ? request.Host
                : url.Authority;

        // Chunks lose their signatures, and with these what describes them.
        var isDecoded = streamed is SignedChunks;
        List<HttpField> fields =
        [
            .. request.Head.Headers.ToArray().Where(field => !IsReplaced(field.Name, isDecoded, request)),
            new("Host", host),
        ];
        var hash = isDecoded ? PayloadHash.Unsigned : declared;
        if (hash is not null)
            fields.Add(new("X-Amz-Content-Sha256", hash));
        if (isDecoded && WithoutChunked(request.Header("Content-Encoding")) is { Length: > 0 } encoding)
            fields.Add(new("Content-Encoding", encoding));

        var message = new HttpRequestMessage(new HttpMethod(request.Method), url)
        {
            Version = HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content =
                streamed is not null ? streamed
                : request.Body.IsEmpty ? null
                : new ReadOnlyMemoryContent(request.Body),
        };
        message.Headers.Host = host;
        foreach (var field in Signed(request.Method, full, fields, hash, request.Body, scope, target.KeysFor(accountId)))
        {
            if (field.Is("Host"))
                continue;
            if (!message.Headers.TryAddWithoutValidation(field.Name, field.Value))
                (message.Content ??= new ByteArrayContent([])).Headers.TryAddWithoutValidation(field.Name, field.Value);
        }
        message.Headers.TryAddWithoutValidation(Via, $"1.1 {_name}");
        return message;
    }

    /// <summary>All fields, with a signature over those that AWS wants signed.</summary>
    private IEnumerable<HttpField> Signed(
        string method,
        string target,
        List<HttpField> fields,
        string? hash,
        ReadOnlyMemory<byte> body,
        CredentialScope scope,
        AwsCredentials keys
    )
    {
        static bool IsSigned(HttpField field) =>
            field.Is("Host")
            || field.Is("Content-Type")
            || field.Is("Content-MD5")
            || field.Name.StartsWith("x-amz-", StringComparison.OrdinalIgnoreCase);
        var head = new RequestHead(method, target, fields.Where(IsSigned).ToArray());
        var context = new SigningContext(keys, scope.Region, scope.Service, time.GetUtcNow())
        {
            PathEncoding = scope.Service.StartsWith("s3", StringComparison.Ordinal) ? PathEncoding.Single : PathEncoding.Normalized,
        };
        var signed = hash is null ? SigV4RequestSigner.Sign(head, body.Span, context) : SigV4RequestSigner.Sign(head, hash, context);
        return signed.Request.Headers.ToArray().Concat(fields.Where(static field => !IsSigned(field)));
    }

    private static bool IsReplaced(string name, bool isDecoded, AwsRequest request) =>
        HopHeaders.Has(name, request.Headers.Connection)
        || name.ToLowerInvariant()
            is "host"
                or "authorization"
                or "expect"
                or "content-length"
                or "x-amz-date"
                or "x-amz-security-token"
                or "x-amz-content-sha256"
        || (isDecoded && name.ToLowerInvariant() is "content-encoding" or "x-amz-decoded-content-length" or "x-amz-trailer");

    private static bool IsOfSignature(string pair) =>
        pair.Split('=')[0]
            is "X-Amz-Algorithm"
                or "X-Amz-Credential"
                or "X-Amz-Date"
                or "X-Amz-Expires"
                or "X-Amz-SignedHeaders"
                or "X-Amz-Signature"
                or "X-Amz-Security-Token"
                or "X-Amz-Content-Sha256";

    private static string WithoutChunked(string? encoding) =>
        string.Join(
            ", ",
            (encoding ?? "").Split(',', StringSplitOptions.TrimEntries).Where(static one => one is not ("" or "aws-chunked"))
        );

    private static bool IsHash(string? declared) =>
        declared?.Length == PayloadHash.HexLength && declared.All(static digit => char.IsAsciiHexDigitLower(digit));

    private static async Task AnswerAsync(HttpResponseMessage answer, HttpContext http, Action progress, CancellationToken cancellation)
    {
        var response = http.Response;
        response.StatusCode = (int)answer.StatusCode;
        if (answer.Headers.Contains("x-amz-request-id") || answer.Headers.Contains("x-amzn-RequestId"))
            response.Headers.Remove("x-amzn-RequestId");
        foreach (var (name, values) in answer.Headers.NonValidated.Concat(answer.Content.Headers.NonValidated))
        {
            if (HopHeaders.Has(name, answer.Headers.Connection) || (name == "Content-Length" && response.StatusCode == 204))
                continue;
            response.Headers[name] = values.ToArray();
        }
        await response.StartAsync(cancellation);
        await using var from = await answer.Content.ReadAsStreamAsync(cancellation);
        var to = response.BodyWriter;
        while (true)
        {
            var count = await from.ReadAsync(to.GetMemory(), cancellation);
            progress();
            if (count == 0)
                return;
            to.Advance(count);
            await to.FlushAsync(cancellation);
        }
    }

    private static AwsService Service(string name, FrontDoor.Protocols.IProtocol protocol) =>
        new()
        {
            Name = name,
            Version = "",
            Protocol = protocol,
            Operations = [],
        };

    private sealed class NeededOfRequest
    {
        public required IReadOnlyList<ResourcePermission> Permissions { get; init; }
    }
}
