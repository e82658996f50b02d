using System.Net;
using System.Net.Sockets;
using System.Text;
using Daybreak.Cloud.Lambda.Runtime.Api;

namespace Daybreak.Cloud.Tests.Lambda.Runtime.Api;

public sealed class RequestBodyTests
{
    private const int Announced = 6_000_000;

    [Theory]
    [InlineData(Announced, "x")]
    [InlineData(-1, "5b8d80\r\nx")] // a chunk of as many bytes
    public async Task A_body_takes_the_memory_of_what_has_arrived(long length, string sent)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var client = new TcpClient();
        await client.ConnectAsync((IPEndPoint)listener.LocalEndpoint, TestContext.Current.CancellationToken);
        using var accepted = await listener.AcceptSocketAsync(TestContext.Current.CancellationToken);
        using var reader = new SocketReader(accepted);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(sent), TestContext.Current.CancellationToken);
        while (reader.Unread.Length < sent.Length)
            Assert.True(await reader.ReceiveAsync(TestContext.Current.CancellationToken));

        // Until it waits for more it runs on this thread.
        var before = GC.GetAllocatedBytesForCurrentThread();
        var reading = RequestBody.ReadAsync(reader, length, Announced, TestContext.Current.CancellationToken);
        var taken = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.False(reading.IsCompleted);
        Assert.InRange(taken, 0, Announced / 10);
        client.Close();
        Assert.Equal(RequestBody.End.Truncated, (await reading).End);
    }
}
