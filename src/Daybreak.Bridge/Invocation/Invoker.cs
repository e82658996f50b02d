using System.Runtime.CompilerServices;
using System.Text;
using Daybreak.Bridge.Credentials;
using Daybreak.Bridge.Frames;
using Daybreak.Bridge.Http;

namespace Daybreak.Bridge.Invocation;

/// <summary>
/// The hot path, from a backend's request to its answer: 1. target; 2. limits; 3. credentials; 4. connection; 5. exchange; 6. reply. When
/// everything is warm, it neither waits nor allocates before its first wait for the endpoint.
/// </summary>
/// <param name="isInCluster">Whether the server is one of a local AWS, which is then all that it reaches.</param>
public sealed class Invoker(
    InvokeTargetCache targets,
    AmbientRegion region,
    CredentialKeeper credentials,
    AssumedRoles roles,
    EndpointPools pools,
    TimeProvider time,
    bool isInCluster = false
)
{
    // A connection that was closed unnoticed is replaced; three in a row mean that the endpoint accepts none.
    private const int MaxUnsent = 3;
    private const int LongestErrorPayload = 64 * 1024;
    private const int HashedApart = 128 * 1024;
    private readonly AmzClock _clock = new(time);

    /// <exception cref="InvocationException">Any failure that the caller should see.</exception>
    /// <exception cref="OperationCanceledException">The client has disconnected.</exception>
    public ValueTask InvokeAsync(InvokeFrame request, InvokeReply reply, CallCancellation call, CallFacts facts) =>
        request.BreakerFailures == 0 ? CallAsync(request, reply, call, facts, null) : GuardedAsync(request, reply, call, facts);

    private async ValueTask GuardedAsync(InvokeFrame request, InvokeReply reply, CallCancellation call, CallFacts facts)
    {
        var passage = new BreakerPassage(request);
        try
        {
            await CallAsync(request, reply, call, facts, passage);
        }
        finally
        {
            passage.Leave();
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask CallAsync(
        InvokeFrame request,
        InvokeReply reply,
        CallCancellation call,
        CallFacts facts,
        BreakerPassage? passage
    )
    {
        // 1. Target.
        var target = region.Known is not null ? targets.Get(request) : await ResolveAsync(request, call);
        facts.Target = target;
        var trace = facts.TraceParent.IsEmpty ? request[InvokeTag.TraceParent] : facts.TraceParent;

        // 2. Limits.
        var payload = request[InvokeTag.Payload];
        if (payload.Length > target.MaxPayload)
            throw PayloadTooLarge(payload.Length, target);
        var context = request[InvokeTag.Context];
        if (request.Has(InvokeTag.Context))
            ClientContext.Require(context.Span);

        // 3. Credentials.
        var keeper = request.Has(InvokeTag.IamRole)
            ? roles.For(request[InvokeTag.IamRole].Span, request[InvokeTag.ExternalId].Span, request[InvokeTag.SessionName].Span)
            : credentials;
        var pending = keeper.GetAsync(call.Token);
        var identity = pending.IsCompletedSuccessfully ? pending.Result : await WaitForAsync(pending, request, call);

        // Hashing megabytes takes milliseconds, and the polling thread serves all calls.
        if (payload.Length > HashedApart)
            await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);

        // 4. and 5. Connection and exchange.
        var pool = pools.For(target.Endpoint);
        passage?.Enter(pool);
        var (renewed, corrected) = (false, false);
        for (var unsent = 1; ; unsent++)
        {
            var connection = await AcquireAsync(pool, request, call, passage);
            try
            {
                call.LimitExchange(TimeSpan.FromMilliseconds(request.RequestTimeoutMs));
                var rest = InvokeHttpRequest.Write(
                    connection,
                    target,
                    identity,
                    _clock.Now(pool.ClockOffset),
                    payload,
                    context.Span,
                    trace.Span,
                    isInCluster || (target.IsLocal && connection.Proxy is null) ? request[InvokeTag.LogContext].Span : default,
                    request[InvokeTag.ApplicationName].Span
                );
                await connection.ExchangeAsync(rest, call.Token);

                // 6. Reply.
                facts.HttpStatus = connection.Reply.Head.Status;
                if (facts.WantsRequestId)
                    facts.RequestId = Encoding.ASCII.GetString(connection.Reply.Header(ReplyHeader.RequestId));
                Answer(request, target, identity, connection, reply, time);
                passage?.Answered();
            }
            catch (HttpFailureException failure) when (failure.Failure == HttpFailure.NotSent && unsent < MaxUnsent)
            {
                pool.Discard(connection);
                continue;
            }
            catch (InvocationException refusal)
            {
                // This is an error of the function or the API: the connection can still be used.
                pool.Return(connection);
                passage?.Answered();
                // Only these cases are sent twice: the API checks the signature first, and carries out nothing when it refuses it.
                if (refusal.RefusesTime && !corrected && refusal.ClockOffset != pool.ClockOffset)
                {
                    call.KeepLimit();
                    (pool.ClockOffset, corrected, unsent) = (refusal.ClockOffset, true, 0);
                    continue;
                }
                if (!refusal.RefusesKey || renewed || await RenewedAsync(keeper, identity, call) is not { } fresh)
                    throw;
                (identity, renewed, unsent) = (fresh, true, 0);
                continue;
            }
            catch (Exception failure)
            {
                pool.Discard(connection);
                if (failure is HttpFailureException broken)
                {
                    if (broken.Failure is HttpFailure.NotConnected or HttpFailure.NotSent)
                        passage?.Failed(broken.Message);
                    throw ErrorOf(broken, target);
                }
                if (failure is OperationCanceledException && !call.Abandoned)
                {
                    passage?.Failed($"no answer within {request.RequestTimeoutMs} ms");
                    throw InvocationFailures.TimedOut(request.RequestTimeoutMs);
                }
                throw;
            }
            pool.Return(connection);
            return;
        }
    }

    private static TimeSpan Whole(InvokeFrame request) =>
        TimeSpan.FromMilliseconds((long)request.ConnectTimeoutMs + request.RequestTimeoutMs);

    private static InvocationException PayloadTooLarge(int bytes, InvokeTarget target) =>
        InvocationFailures.TooLarge(
            $"{bytes} byte payload is too large for the {target.Type} invocation type (limit {target.MaxPayload} bytes)",
            $"The limit of {target.Type} is {target.MaxPayload} bytes; larger payloads go through a store such as Amazon S3."
        );

    private static InvocationException ErrorOf(HttpFailureException failure, InvokeTarget target) =>
        failure.Failure switch
        {
            HttpFailure.NotConnected or HttpFailure.NotSent => InvocationFailures.UnableToConnect(
                target.Endpoint.ToString(),
                failure.Message,
                failure
            ),
            HttpFailure.TooLarge => InvocationFailures.ReplyTooLarge(
                failure.Message,
                failure.Message == "head" ? ReplyLimits.Head : ReplyLimits.Body
            ),
            _ => InvocationFailures.BrokenAnswer(failure.Message, failure),
        };

    /// <summary>When neither ARN nor argument nor environment names a Region, profile and machine are asked.</summary>
    private async ValueTask<InvokeTarget> ResolveAsync(InvokeFrame request, CallCancellation call)
    {
        try
        {
            return targets.Get(request);
        }
        catch (InvocationException missing) when (missing.Error.SqlState == SqlStates.NoRegion)
        {
            call.LimitWhole(Whole(request));
            try
            {
                if (await region.FindAsync(call.Token) is null)
                    throw;
            }
            catch (OperationCanceledException) when (!call.Abandoned)
            {
                throw missing;
            }
            return targets.Get(request);
        }
    }

    private static async ValueTask<CredentialSnapshot> WaitForAsync(
        ValueTask<CredentialSnapshot> pending,
        InvokeFrame request,
        CallCancellation call
    )
    {
        call.LimitWhole(Whole(request));
        try
        {
            return await pending;
        }
        catch (CredentialException none)
        {
            throw ErrorOf(none);
        }
        catch (OperationCanceledException) when (!call.Abandoned)
        {
            throw InvocationFailures.NoCredentials(
                $"No AWS credentials within {request.ConnectTimeoutMs + request.RequestTimeoutMs} ms: a provider did not answer."
            );
        }
    }

    /// <summary>Returns null when there are no others in time; the caller then gets the refusal.</summary>
    private static async ValueTask<CredentialSnapshot?> RenewedAsync(
        CredentialKeeper keeper,
        CredentialSnapshot refused,
        CallCancellation call
    )
    {
        call.KeepLimit();
        try
        {
            return await keeper.RenewAsync(refused, call.Token);
        }
        catch (CredentialException none)
        {
            throw ErrorOf(none);
        }
        catch (OperationCanceledException) when (!call.Abandoned)
        {
            return null;
        }
    }

    private static InvocationException ErrorOf(CredentialException none) =>
        none.IsOfCluster ? InvocationFailures.NoRole(none.Message)
        : none.IsOfAssumedRole ? InvocationFailures.NotAssumed(none.Message)
        : InvocationFailures.NoCredentials(none.Message, none.Hint);

    private static ValueTask<HttpConnection> AcquireAsync(
        EndpointPool pool,
        InvokeFrame request,
        CallCancellation call,
        BreakerPassage? passage
    )
    {
        var pending = pool.AcquireAsync(TimeSpan.FromMilliseconds(request.ConnectTimeoutMs), call.Token);
        return pending.IsCompletedSuccessfully ? pending : WaitForAsync(pending, pool, request, call, passage);
    }

    private static async ValueTask<HttpConnection> WaitForAsync(
        ValueTask<HttpConnection> pending,
        EndpointPool pool,
        InvokeFrame request,
        CallCancellation call,
        BreakerPassage? passage
    )
    {
        call.LimitWhole(Whole(request));
        try
        {
            return await pending;
        }
        catch (HttpFailureException failure)
        {
            passage?.Failed(failure.Message);
            throw InvocationFailures.UnableToConnect(pool.Endpoint.ToString(), failure.Message, failure);
        }
        catch (OperationCanceledException) when (!call.Abandoned)
        {
            throw InvocationFailures.UnableToConnect(pool.Endpoint.ToString(), $"all {pool.Capacity} connections to it are in use");
        }
    }

    private static void Answer(
        InvokeFrame request,
        InvokeTarget target,
        CredentialSnapshot identity,
        HttpConnection connection,
        InvokeReply reply,
        TimeProvider time
    )
    {
        var http = connection.Reply;
        var status = http.Head.Status;
        var body = http.Body.Bytes;
        if (status is < 200 or > 299)
        {
            var refusal = ApiRefusal.Read(
                status,
                Encoding.ASCII.GetString(http.Header(ReplyHeader.ErrorType)),
                body.Span,
                identity.Credentials
            );
            if (status == 407 && connection.Proxy is { } hop)
                throw InvocationFailures.UnableToConnect(target.Endpoint.ToString(), hop.Proxy.Refusal(status, target.Endpoint.Host));
            var offset = refusal.RefusesTime ? ClockSkew.Of(http.Header(ReplyHeader.Date), time.GetUtcNow()) : null;
            throw new InvocationException(refusal.ToSql(target, target.ShownArn(identity.AccountId), offset))
            {
                RefusesKey = refusal.RefusesKey,
                RefusesTime = refusal.RefusesTime,
                ClockOffset = offset ?? TimeSpan.Zero,
            };
        }
        if (http.Header(ReplyHeader.FunctionError) is { IsEmpty: false } error)
            throw InvocationFailures.FunctionFailed(
                target.ShownArn(identity.AccountId),
                Encoding.ASCII.GetString(error),
                Encoding.UTF8.GetString(body.Span[..Math.Min(body.Length, LongestErrorPayload)])
            );

        var version = http.Header(ReplyHeader.ExecutedVersion);
        if (target.Type == InvocationType.RequestResponse && body.IsEmpty && version.IsEmpty)
            throw InvocationFailures.BrokenAnswer($"HTTP status {status} with an empty body");
        int? payload = target.Type == InvocationType.RequestResponse && !body.IsEmpty ? body.Length : null;
        FrameWriter.ResultUpToPayload(reply.Frame, request.RequestId, status, version, http.Header(ReplyHeader.LogResult), payload);
        if (payload is null)
            return;
        if (body.Length <= InvokeHttpRequest.InlineBody)
            reply.Frame.Write(body.Span);
        else if (http.Body.Take() is { } rented)
            reply.Append(rented, body.Length);
        else
            reply.Frame.Write(body.Span);
    }
}
