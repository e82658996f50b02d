using System.Net.NetworkInformation;
using System.Text;
using Daybreak.Bridge.Http;
using Daybreak.Bridge.Tests.Parts;
using Microsoft.Extensions.Time.Testing;

namespace Daybreak.Bridge.Tests.Http;

/// <summary>Which connection a request gets, and what becomes of it afterwards.</summary>
public sealed class EndpointPoolTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static EndpointPool PoolFor(ScriptedEndpoint endpoint, int capacity, TimeProvider time) =>
        new(
            new HttpEndpoint(Tls: false, "127.0.0.1", endpoint.Port),
            capacity,
            new Dialer(() => new ProxySettings(_ => null), new TlsSettings(null, time), time),
            time
        );

    private static async Task ExchangeAsync(HttpConnection connection)
    {
        connection.Request.Write(Encoding.ASCII.GetBytes("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n"));
        await connection.ExchangeAsync(default, Cancel);
    }

    [Fact]
    public async Task Connection_is_closed_when_it_was_idle_for_20_seconds()
    {
        await using var endpoint = ScriptedEndpoint.Answering(ScriptedEndpoint.Reply("1"));
        var time = new FakeTimeProvider();
        var pool = PoolFor(endpoint, 4, time);
        var connection = await pool.AcquireAsync(Patience, Cancel);
        await ExchangeAsync(connection);
        pool.Return(connection);

        time.Advance(TimeSpan.FromSeconds(19));
        Assert.False(pool.Sweep(EndpointPools.IdleFor));
        Assert.Equal((1, 1, 0), pool.Counts);

        time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(pool.Sweep(EndpointPools.IdleFor));
        Assert.Equal((0, 0, 0), pool.Counts);
        await endpoint.AllClosedAsync();
    }

    [Fact]
    public async Task Connection_that_the_kernel_made_in_time_counts_however_late_its_thread_comes()
    {
        await using var endpoint = ScriptedEndpoint.Answering(ScriptedEndpoint.Reply("1"));
        var pool = PoolFor(endpoint, 4, TimeProvider.System);
        var connection = await pool.AcquireAsync(TimeSpan.Zero, Cancel);
        await ExchangeAsync(connection);
        pool.Discard(connection);

        using var given = new CancellationTokenSource();
        await given.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pool.AcquireAsync(Patience, given.Token).AsTask());
        Assert.Equal((0, 0, 0), pool.Counts);
    }

    [Fact]
    public async Task Connection_in_use_is_not_swept_away()
    {
        await using var endpoint = ScriptedEndpoint.Answering(ScriptedEndpoint.Reply("1"));
        var time = new FakeTimeProvider();
        var pool = PoolFor(endpoint, 4, time);
        var connection = await pool.AcquireAsync(Patience, Cancel);
        time.Advance(TimeSpan.FromMinutes(15));
        Assert.False(pool.Sweep(EndpointPools.IdleFor));
        await ExchangeAsync(connection);
        pool.Discard(connection);
    }

    [Fact]
    public async Task Caller_in_line_does_not_get_a_connection_that_the_peer_has_closed()
    {
        await using var endpoint = new ScriptedEndpoint(async peer =>
        {
            await peer.ReadRequestAsync();
            await peer.SendAsync(ScriptedEndpoint.Reply("1"));
        });
        var pool = PoolFor(endpoint, 1, TimeProvider.System);
        var first = await pool.AcquireAsync(Patience, Cancel);
        var waiting = pool.AcquireAsync(Patience, Cancel).AsTask();
        await ExchangeAsync(first);
        while (first.IsQuiet())
            await Task.Delay(1, Cancel);
        pool.Return(first);

        var second = await waiting;
        Assert.NotSame(first, second);
        await ExchangeAsync(second);
        pool.Discard(second);
        Assert.Equal(2, endpoint.Executions);
    }

    [Fact]
    public async Task Request_of_which_no_byte_was_sent_goes_out_on_another_connection()
    {
        // The connection dies after the pool has looked at it and before the request is sent: while its time is being read.
        EndpointPeer? idle = null;
        await using var endpoint = new ScriptedEndpoint(async peer =>
        {
            idle ??= peer;
            while (await peer.ReadRequestAsync() is not null)
                await peer.SendAsync(ScriptedEndpoint.Reply($"{peer.Number}"));
        });
        var time = new InterruptedTime();
        await using var bridge = new Parts.Bridge(time: time);
        var client = await bridge.ConnectAsync();
        var call = new Call { Endpoint = endpoint.Url };
        Assert.Equal("1", (await client.InvokeAsync(call)).ShouldBeResult().Payload);
        time.Interrupt = () =>
        {
            idle!.Reset();
            while (
                IPGlobalProperties
                    .GetIPGlobalProperties()
                    .GetActiveTcpConnections()
                    .Any(connection => connection.RemoteEndPoint.Port == endpoint.Port && connection.State == TcpState.Established)
            )
                Thread.Yield();
        };

        Assert.Equal("2", (await client.InvokeAsync(call)).ShouldBeResult().Payload);

        Assert.Null(time.Interrupt);
        Assert.Equal(2, endpoint.Executions);
    }

    [Fact]
    public async Task Request_of_which_a_byte_was_sent_does_not()
    {
        await using var endpoint = new ScriptedEndpoint(async peer =>
        {
            await peer.ReadRequestAsync();
            if (peer.Number == 1)
                peer.Reset();
            else
                await peer.SendAsync(ScriptedEndpoint.Reply("1"));
        });
        var pool = PoolFor(endpoint, 4, TimeProvider.System);
        var connection = await pool.AcquireAsync(Patience, Cancel);
        var failure = await Assert.ThrowsAsync<HttpFailureException>(() => ExchangeAsync(connection));
        Assert.Equal(HttpFailure.Broken, failure.Failure);
        pool.Discard(connection);
        Assert.Equal(1, endpoint.Connections);
    }

    /// <summary>Does something once, the next time it is asked for the date.</summary>
    private sealed class InterruptedTime : TimeProvider
    {
        private Action? _interrupt;

        public Action? Interrupt
        {
            get => Volatile.Read(ref _interrupt);
            set => Volatile.Write(ref _interrupt, value);
        }

        public override DateTimeOffset GetUtcNow()
        {
            Interlocked.Exchange(ref _interrupt, null)?.Invoke();
            return base.GetUtcNow();
        }
    }
}
