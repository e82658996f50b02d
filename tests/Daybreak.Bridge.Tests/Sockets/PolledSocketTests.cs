using System.Net;
using System.Net.Sockets;
using Daybreak.Bridge.Sockets;

namespace Daybreak.Bridge.Tests.Sockets;

public sealed class PolledSocketTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_arrives_while_it_waits_completes_the_receive()
    {
        var (near, far) = await PairAsync();
        using var _ = near;
        using var __ = far;
        var room = new byte[8];

        var waiting = near.ReceiveAsync(room, Token).AsTask();
        Assert.False(waiting.IsCompleted);
        far.Send("abc"u8);

        Assert.Equal(3, await waiting);
        Assert.Equal("abc"u8.ToArray(), room[..3]);
    }

    [Fact]
    public async Task What_arrived_before_is_received_in_pieces_and_then_the_end()
    {
        var (near, far) = await PairAsync();
        using var _ = near;
        far.Send("abcde"u8);
        far.Shutdown(SocketShutdown.Send);
        var room = new byte[2];
        var received = new List<byte>();

        int count;
        while ((count = await near.ReceiveAsync(room, Token)) > 0)
            received.AddRange(room[..count]);

        Assert.Equal("abcde"u8.ToArray(), received);
        Assert.Equal(0, await near.ReceiveAsync(room, Token));
        far.Dispose();
    }

    [Fact]
    public async Task The_end_of_the_stream_is_seen_behind_data_that_came_with_it()
    {
        for (var round = 0; round < 500; round++)
        {
            var (near, far) = await PairAsync();
            using var _ = near;
            var waiting = near.ReceiveAsync(new byte[64], Token).AsTask();
            far.Send("abc"u8);
            far.Dispose();
            Assert.Equal(3, await waiting);
            Assert.Equal(0, await near.ReceiveAsync(new byte[64], Token).AsTask().WaitAsync(TimeSpan.FromSeconds(10), Token));
        }
    }

    [Fact]
    public async Task A_cancelled_receive_ends_and_the_next_one_gets_the_bytes()
    {
        var (near, far) = await PairAsync();
        using var _ = near;
        using var __ = far;
        for (var round = 0; round < 200; round++)
        {
            using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Token);
            var cancelled = near.ReceiveAsync(new byte[8], cancel.Token).AsTask();
            var cancelling = Task.Run(cancel.Cancel, Token);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
            await cancelling;

            var waiting = near.ReceiveAsync(new byte[8], Token).AsTask();
            far.Send("x"u8);
            Assert.Equal(1, await waiting);
        }
    }

    [Fact]
    public async Task A_byte_that_races_a_cancellation_is_never_lost()
    {
        var (near, far) = await PairAsync();
        using var _ = near;
        using var __ = far;
        var room = new byte[1];
        for (var round = 0; round < 2_000; round++)
        {
            using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Token);
            var racing = near.ReceiveAsync(room, cancel.Token).AsTask();
            var cancelling = Task.Run(cancel.Cancel, Token);
            far.Send([(byte)round]);
            int received;
            try
            {
                received = await racing;
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                received = await near.ReceiveAsync(room, Token).AsTask().WaitAsync(TimeSpan.FromSeconds(10), Token);
            }
            await cancelling;
            Assert.Equal((1, (byte)round), (received, room[0]));
        }
    }

    [Fact]
    public async Task Disposing_ends_a_waiting_receive()
    {
        for (var round = 0; round < 200; round++)
        {
            var (near, far) = await PairAsync();
            using var _ = far;
            var waiting = near.ReceiveAsync(new byte[8], Token).AsTask();
            var disposing = Task.Run(near.Dispose, Token);
            var failure = await Assert.ThrowsAsync<SocketException>(() => waiting.WaitAsync(TimeSpan.FromSeconds(10), Token));
            Assert.Equal(SocketError.OperationAborted, failure.SocketErrorCode);
            await disposing;
        }
    }

    [Fact]
    public async Task More_than_the_kernel_takes_at_once_is_sent_to_a_slow_reader()
    {
        var (near, far) = await PairAsync();
        using var _ = near;
        using var __ = far;
        var bytes = new byte[16 * 1024 * 1024];
        Random.Shared.NextBytes(bytes);

        var sending = near.SendAsync(bytes, Token).AsTask();
        Assert.False(sending.IsCompleted);
        var received = new byte[bytes.Length];
        for (var have = 0; have < received.Length; )
            have += await far.ReceiveAsync(received.AsMemory(have), SocketFlags.None, Token);

        await sending;
        Assert.Equal(bytes, received);
        // The socket is still notified of arriving bytes.
        var waiting = near.ReceiveAsync(new byte[8], Token).AsTask();
        far.Send("x"u8);
        Assert.Equal(1, await waiting);
    }

    [Fact]
    public async Task Sending_to_nobody_who_reads_can_be_cancelled_or_disposed()
    {
        var (near, far) = await PairAsync();
        using var _ = far;
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var sending = near.SendAsync(new byte[16 * 1024 * 1024], cancel.Token).AsTask();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);

        var again = near.SendAsync(new byte[16 * 1024 * 1024], Token).AsTask();
        near.Dispose();
        await Assert.ThrowsAsync<SocketException>(() => again);
    }

    [Fact]
    public async Task A_refused_connection_says_so()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));

        var failure = await Assert.ThrowsAsync<SocketException>(() =>
            PolledSocket.ConnectAsync((IPEndPoint)listener.LocalEndPoint!, Token)
        );

        Assert.Equal(SocketError.ConnectionRefused, failure.SocketErrorCode);
    }

    private static async Task<(PolledSocket Near, Socket Far)> PairAsync()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(1);
        var near = await PolledSocket.ConnectAsync((IPEndPoint)listener.LocalEndPoint!, Token);
        return (near, await listener.AcceptAsync(Token));
    }
}
