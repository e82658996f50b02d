using Daybreak.Aws;
using Daybreak.Bridge.Credentials;
using Daybreak.Bridge.Frames;
using Daybreak.Bridge.Http;
using Daybreak.Bridge.Invocation;

namespace Daybreak.Bridge.Objects;

/// <summary>
/// Sends requests to Amazon S3: a piece of an object at a time, so that memory stays flat however large the object is. All of its
/// operations may be repeated, and are, where Amazon S3 asks for it or the connection broke.
/// </summary>
/// <param name="endpointUrl">The endpoint of the environment or profile; null: the Region's.</param>
public sealed class ObjectClient(
    AmbientRegion ambient,
    string? endpointUrl,
    EndpointVariant variant,
    ObjectIdentities identities,
    EndpointPools pools,
    TimeProvider time
)
{
    private const int MostAttempts = 4;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);

    /// <param name="range">GetObject: which piece.</param>
    /// <exception cref="InvocationException">Any failure that the caller should see.</exception>
    /// <exception cref="OperationCanceledException">The client has disconnected.</exception>
    internal async Task<ObjectAnswer> SendAsync(ObjectFrame asked, ObjectRange? range, CallCancellation call)
    {
        var request = await WaitAsync(asked, call, cancel => PrepareAsync(asked, range, cancel));
        var keeper = identities.Of(asked);
        var identity = asked.Credentials is { } given
            ? new(given, null, "arguments")
            : await WaitAsync(asked, call, cancel => keeper.GetAsync(cancel).AsTask());
        var pool = pools.For(request.Endpoint);
        var renewed = false;
        for (var attempt = 1; ; attempt++)
        {
            var (answer, refusal) = await TryAsync(asked, range, request, identity, pool, call);
            if (answer is not null)
                return answer;
            if (
                refusal!.RefusesKey
                && !renewed
                && asked.Credentials is null
                && await WaitAsync(asked, call, cancel => keeper.RenewAsync(identity, cancel).AsTask()) is { } fresh
            )
                (identity, renewed) = (fresh, true);
            else if (attempt == MostAttempts || !refusal.MayPass)
                throw refusal.Error;
            else
                await Task.Delay(FirstPause * (1 << attempt), time, call.Token);
        }
    }

    private async Task<ObjectRequest> PrepareAsync(ObjectFrame asked, ObjectRange? range, CancellationToken cancel)
    {
        try
        {
            var named = string.IsNullOrEmpty(asked.Region) ? asked.DefaultRegion : asked.Region;
            var region = RegionChoice.Choose(
                null,
                named,
                null,
                string.IsNullOrEmpty(named) ? ambient.Known ?? await ambient.FindAsync(cancel) : null
            );
            var at = EndpointChoice.Choose("s3", asked.EndpointOverride, endpointUrl, region, variant);
            return new ObjectRequest(
                asked,
                range,
                region,
                at,
                string.IsNullOrEmpty(asked.EndpointOverride) && string.IsNullOrEmpty(endpointUrl)
            );
        }
        catch (InvocationException wrong)
        {
            throw ObjectFailures.Of(asked, wrong);
        }
    }

    /// <summary>Waits for what is needed before anything can be sent, no longer than for an answer.</summary>
    private static async Task<T> WaitAsync<T>(ObjectFrame asked, CallCancellation call, Func<CancellationToken, Task<T>> wait)
    {
        using var limit = LimitOf(asked, call);
        try
        {
            return await wait(limit.Token);
        }
        catch (CredentialException none)
        {
            throw ObjectFailures.NoCredentials(asked, none);
        }
        catch (OperationCanceledException) when (!call.Abandoned)
        {
            throw ObjectFailures.TimedOut(asked);
        }
    }

    private static CancellationTokenSource LimitOf(ObjectFrame asked, CallCancellation call)
    {
        var limit = CancellationTokenSource.CreateLinkedTokenSource(call.Token);
        limit.CancelAfter(TimeSpan.FromMilliseconds(asked.RequestTimeoutMs));
        return limit;
    }

    /// <returns>The answer, or what went wrong.</returns>
    private async Task<(ObjectAnswer? Answer, Refusal? Refusal)> TryAsync(
        ObjectFrame asked,
        ObjectRange? range,
        ObjectRequest request,
        CredentialSnapshot identity,
        EndpointPool pool,
        CallCancellation call
    )
    {
        using var limit = LimitOf(asked, call);
        HttpConnection? connection = null;
        try
        {
            connection = await pool.AcquireAsync(TimeSpan.FromMilliseconds(asked.ConnectTimeoutMs), limit.Token);
            var body = request.Write(connection, identity.Credentials, time.GetUtcNow() + pool.ClockOffset);
            await connection.ExchangeAsync(body, limit.Token);
            var succeeded = ObjectAnswer.Succeeded(asked, range, connection.Reply);
            var answer = succeeded ? ObjectAnswer.Read(asked, connection.Reply) : null;
            var refusal = succeeded ? null : RefusalOf(asked, range, request, identity, connection, pool);
            pool.Return(connection);
            return (answer, refusal);
        }
        catch (Exception failure)
        {
            if (connection is not null)
                pool.Discard(connection);
            if (call.Abandoned || failure is not (HttpFailureException or OperationCanceledException))
                throw;
            var refusal = failure switch
            {
                HttpFailureException { Failure: HttpFailure.NotConnected } broken => new Refusal(
                    ObjectFailures.UnableToConnect(asked, request.Endpoint.ToString(), broken.Message, broken)
                ),
                HttpFailureException { Failure: HttpFailure.NotSent } broken => new(
                    ObjectFailures.UnableToConnect(asked, request.Endpoint.ToString(), broken.Message, broken),
                    MayPass: true
                ),
                HttpFailureException broken => new(
                    ObjectFailures.Broken(asked, broken.Message, broken),
                    MayPass: broken.Failure == HttpFailure.Broken
                ),
                _ => new(ObjectFailures.TimedOut(asked)),
            };
            return (null, refusal);
        }
    }

    private Refusal RefusalOf(
        ObjectFrame asked,
        ObjectRange? range,
        ObjectRequest request,
        CredentialSnapshot identity,
        HttpConnection connection,
        EndpointPool pool
    )
    {
        var http = connection.Reply;
        var status = http.Head.Status;
        if (status == 412 && range?.ETag is not null)
            return new(ObjectFailures.Changed());
        if (status == 407 && connection.Proxy is { } hop)
            return new(
                ObjectFailures.UnableToConnect(asked, request.Endpoint.ToString(), hop.Proxy.Refusal(status, request.Endpoint.Host))
            );
        var (code, message) = ObjectAnswer.Refusal(http);
        var skewed = code == "RequestTimeTooSkewed" ? ClockSkew.Of(http.Header(ReplyHeader.Date), time.GetUtcNow()) : null;
        var corrects = skewed is { } offset && offset != pool.ClockOffset;
        if (corrects)
            pool.ClockOffset = skewed!.Value;
        return new(
            ObjectFailures.Refused(asked, request.Endpoint.ToString(), status, code, message, identity.Credentials),
            MayPass: corrects || status is 500 or 502 or 503 or 504,
            RefusesKey: code is "ExpiredToken" or "InvalidToken" or "InvalidAccessKeyId" or "SignatureDoesNotMatch"
        );
    }

    /// <param name="Error">What the caller is told if nothing else helps.</param>
    /// <param name="MayPass">Whether another attempt may succeed.</param>
    /// <param name="RefusesKey">Whether another key may.</param>
    private sealed record Refusal(InvocationException Error, bool MayPass = false, bool RefusesKey = false);
}
