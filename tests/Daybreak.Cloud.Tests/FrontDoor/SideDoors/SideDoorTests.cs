using System.Net;
using System.Net.Sockets;
using System.Text;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.FrontDoor.SideDoors;
using Microsoft.AspNetCore.Http;

namespace Daybreak.Cloud.Tests.FrontDoor.SideDoors;

[Trait("Pace", "slow")]
public sealed class SideDoorTests : IAsyncLifetime
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _cut = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly FrontDoorListener _listener = new(IPAddress.Loopback, 0);
    private HttpServer? _server;
    private SideDoor? _door;

    private SideDoor Door => _door!;

    public async ValueTask InitializeAsync()
    {
        _server = new HttpServer(_listener, AnswerAsync, error => Assert.Fail($"{error}"));
        await _server.StartAsync(TestContext.Current.CancellationToken);
        _door = _listener.AddDoor(IPAddress.Parse("127.45.67.89"));
    }

    public async ValueTask DisposeAsync()
    {
        _door?.Dispose();
        await _server!.StopAsync(new CancellationToken(canceled: true));
        _server.Dispose();
        _listener.Dispose();
    }

    [Fact]
    public async Task New_door_is_shut() => await ConnectsInVainAsync();

    [Fact]
    public async Task Open_door_leads_to_the_server_which_knows_the_door()
    {
        Door.Open();
        using var client = await ConnectAsync();

        Assert.Equal("door", await AskAsync(client));
        Assert.Equal("door", await AskAsync(client));
    }

    [Fact]
    public async Task Shutting_ends_connections_and_lets_none_begin()
    {
        Door.Open();
        using var client = await ConnectAsync();
        await AskAsync(client);

        Door.Shut();

        await EndsAsync(client);
        await ConnectsInVainAsync();
    }

    [Fact]
    public async Task Shutting_ends_a_request_that_runs()
    {
        Door.Open();
        using var client = await ConnectAsync();
        await SendAsync(client, "/wait");
        await _entered.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);

        Door.Shut();

        await EndsAsync(client);
        await _cut.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Connection_begun_while_shut_completes_when_it_opens()
    {
        using var client = new TcpClient(AddressFamily.InterNetwork);
        var connecting = client.ConnectAsync(Door.Address, TestContext.Current.CancellationToken).AsTask();
        await Task.Delay(Moment, TestContext.Current.CancellationToken);
        Assert.False(connecting.IsCompleted);

        Door.Open();

        await connecting.WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.Equal("door", await AskAsync(client));
    }

    [Fact]
    public async Task Opened_and_shut_many_times_it_is_as_last_said()
    {
        for (var round = 0; round < 50; round++)
        {
            Door.Open();
            Door.Open();
            using var client = await ConnectAsync();
            Assert.Equal("door", await AskAsync(client));
            Door.Shut();
            Door.Shut();
        }

        await ConnectsInVainAsync();
    }

    [Fact]
    public async Task Door_that_is_gone_refuses()
    {
        Door.Open();
        using var client = await ConnectAsync();
        await AskAsync(client);

        Door.Dispose();

        await EndsAsync(client);
        var refused = await Assert.ThrowsAsync<SocketException>(ConnectAsync);
        Assert.Equal(SocketError.ConnectionRefused, refused.SocketErrorCode);
    }

    private async Task AnswerAsync(HttpContext http)
    {
        if (http.Request.Path == "/wait")
        {
            _entered.SetResult();
            await using var registration = http.RequestAborted.Register(_cut.SetResult);
            await Task.Delay(Timeout.Infinite, http.RequestAborted);
        }
        await http.Response.WriteAsync(http.Features.Get<SideDoor>() == Door ? "door" : "elsewhere");
    }

    private async Task<TcpClient> ConnectAsync()
    {
        var client = new TcpClient(AddressFamily.InterNetwork);
        await client.ConnectAsync(Door.Address, TestContext.Current.CancellationToken);
        return client;
    }

    private async Task ConnectsInVainAsync()
    {
        using var client = new TcpClient(AddressFamily.InterNetwork);
        using var limit = new CancellationTokenSource(Moment);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.ConnectAsync(Door.Address, limit.Token).AsTask());
    }

    private static Task SendAsync(TcpClient client, string path) =>
        client
            .GetStream()
            .WriteAsync(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: lambda\r\n\r\n"), TestContext.Current.CancellationToken)
            .AsTask();

    private static async Task<string> AskAsync(TcpClient client)
    {
        await SendAsync(client, "/");
        var answer = "";
        var buffer = new byte[1024];
        while (!answer.EndsWith("0\r\n\r\n", StringComparison.Ordinal))
        {
            var length = await client.GetStream().ReadAsync(buffer, TestContext.Current.CancellationToken);
            Assert.NotEqual(0, length);
            answer += Encoding.ASCII.GetString(buffer, 0, length);
        }
        return answer.Contains("\r\ndoor\r\n", StringComparison.Ordinal) ? "door" : answer;
    }

    private static async Task EndsAsync(TcpClient client)
    {
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            Assert.Equal(0, await client.GetStream().ReadAsync(new byte[1], limit.Token));
        }
        catch (IOException)
        {
            return; // reset, which says the same
        }
    }
}
