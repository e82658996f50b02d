using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Daybreak.Cloud.Lambda.Runtime.Names;
using Daybreak.Cloud.Processes;

namespace Daybreak.Cloud.Tests.Lambda.Runtime.Names;

/// <summary>The name server of functions, asked over real sockets, with one above it that the test plays.</summary>
public sealed class NameServerTests : IAsyncDisposable
{
    private readonly Socket _above = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly TcpListener _aboveByStream = new(IPAddress.Loopback, 0);
    private readonly List<(uint User, string Name)> _refused = [];
    private readonly NameServer _server;

    public NameServerTests()
    {
        _above.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _aboveByStream.Start();
        // A port that is free for datagrams may be taken for connections.
        _server = Enumerable
            .Range(0, 20)
            .Select(_ =>
                NameServer.Start(
                    new IPEndPoint(IPAddress.Loopback, 0),
                    (user, name) => _refused.Add((user, name)),
                    () => [(IPEndPoint)_above.LocalEndPoint!]
                )
            )
            .First(static server => server is not null)!;
    }

    [Theory]
    [InlineData("lambda.us-east-1.amazonaws.com")]
    [InlineData("STS.AmazonAWS.com")]
    [InlineData("bucket.s3.eu-west-1.amazonaws.com")]
    [InlineData("lambda.cn-north-1.amazonaws.com.cn")]
    [InlineData("lambda.us-east-1.api.aws")]
    [InlineData("abc.lambda-url.us-east-1.on.aws")]
    [InlineData("sts.amazonaws.com.corp.example")] // a search domain behind it
    public async Task Name_of_AWS_does_not_exist_and_never_leaves(string name)
    {
        var answer = await AskAsync(Query(name));

        Assert.Equal(Query(name)[..2], answer[..2]);
        Assert.Equal(DnsMessage.NoSuchName, answer[3] & 0xf);
        Assert.Equal(0x80, answer[2] & 0x80);
        Assert.Equal((LibC.EffectiveUser(), name), Assert.Single(_refused));
        Assert.Equal(0, _above.Available);
        Assert.Equal(answer, await AskByStreamAsync(Query(name)));
        Assert.False(_aboveByStream.Pending());
    }

    [Fact]
    public async Task Line_breaks_in_a_name_do_not_reach_a_log()
    {
        await AskAsync(Query("a\nREPORT.sts.amazonaws.com"));
        Assert.Equal("a?REPORT.sts.amazonaws.com", Assert.Single(_refused).Name);
    }

    [Theory]
    [InlineData("db.example.com")]
    [InlineData("amazonaws.comexample")]
    [InlineData("notamazonaws.com")]
    [InlineData("aws")]
    [InlineData("myon.aws")]
    public async Task Other_names_are_answered_from_above_byte_for_byte(string name)
    {
        var asking = AskAsync(Query(name));
        var buffer = new byte[512];
        var asked = await _above.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.Any, 0), TestContext.Current.CancellationToken);
        Assert.Equal(Query(name), buffer[..asked.ReceivedBytes]);
        byte[] reply = [.. Query(name), 1, 2, 3];
        await _above.SendToAsync(reply, asked.RemoteEndPoint, TestContext.Current.CancellationToken);

        Assert.Equal(reply, await asking);
        Assert.Empty(_refused);
    }

    [Fact]
    public async Task What_is_no_query_gets_no_answer_and_ends_nothing()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        var endless = Query("lambda.us-east-1.amazonaws.com");
        endless[12] = 0xc0;
        foreach (
            var garbage in (byte[][])
                [
                    [],
                    [1],
                    new byte[11],
                    new byte[12],
                    endless,
                    [.. Query("x")[..12], 63],
                    [.. Query("x")[..^3]],
                ]
        )
            await socket.SendToAsync(garbage, _server.EndPoint, TestContext.Current.CancellationToken);

        Assert.Equal(DnsMessage.NoSuchName, (await AskAsync(Query("sts.amazonaws.com")))[3] & 0xf);
        Assert.Equal(0, _above.Available);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _above.Dispose();
        _aboveByStream.Dispose();
    }

    private static byte[] Query(string name)
    {
        var query = new List<byte> { 0x12, 0x34, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0 };
        foreach (var label in name.Split('.'))
            query.AddRange([(byte)label.Length, .. Encoding.ASCII.GetBytes(label)]);
        query.AddRange([0, 0, 1, 0, 1]);
        return [.. query];
    }

    private async Task<byte[]> AskAsync(byte[] query)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        await socket.ConnectAsync(_server.EndPoint, TestContext.Current.CancellationToken);
        await socket.SendAsync(query, TestContext.Current.CancellationToken);
        var answer = new byte[512];
        return answer[..await socket.ReceiveAsync(answer, TestContext.Current.CancellationToken)];
    }

    private async Task<byte[]> AskByStreamAsync(byte[] query)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(_server.EndPoint, TestContext.Current.CancellationToken);
        var head = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(head, (ushort)query.Length);
        await client.GetStream().WriteAsync((byte[])[.. head, .. query], TestContext.Current.CancellationToken);
        await client.GetStream().ReadExactlyAsync(head, TestContext.Current.CancellationToken);
        var answer = new byte[BinaryPrimitives.ReadUInt16BigEndian(head)];
        await client.GetStream().ReadExactlyAsync(answer, TestContext.Current.CancellationToken);
        return answer;
    }
}
