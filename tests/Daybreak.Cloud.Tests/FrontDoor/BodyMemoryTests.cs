using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Tests.Lambda;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Daybreak.Cloud.Tests.FrontDoor;

/// <summary>The memory that bodies take while they arrive and afterwards.</summary>
[Trait("Pace", "slow")]
public sealed class BodyMemoryTests : IDisposable
{
    private const long MiB = 1024 * 1024;
    private const int Announced = 69_000_000;

    // Compiled code, buffers of connections, and what a collection leaves.
    private const long Slack = 96 * MiB;

    private readonly string _directory = Directory.CreateTempSubdirectory("daybreak-test-").FullName;
    private readonly Process _cloud;
    private readonly Uri _endpoint;

    public BodyMemoryTests()
    {
        File.SetUnixFileMode(_directory, (UnixFileMode)0b111_001_001); // servers of databases may pass
        _cloud = Process.Start(
            new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Daybreak.Cloud.TestHost"))
            {
                ArgumentList = { Path.Combine(_directory, "state"), Path.Combine(_directory, "ran"), "run" },
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            }
        )!;
        _endpoint = new Uri(_cloud.StandardOutput.ReadLine()!);
    }

    public void Dispose()
    {
        _cloud.StandardInput.Close();
        _cloud.WaitForExit();
        _cloud.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public async Task A_hundred_that_only_announce_a_body_cost_nothing()
    {
        await AnsweredAsync();
        var before = Resident();
        var clients = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => BeginAsync([])));
        await AnsweredAsync();
        Assert.InRange(Resident(), 0, before + Slack);
        foreach (var client in clients)
            client.Dispose();
    }

    [Fact]
    public async Task Bodies_that_arrive_together_hold_so_much_at_most_and_give_it_back()
    {
        await AnsweredAsync();
        var before = Resident();
        var sent = new byte[40_000_000];
        var clients = await Task.WhenAll(Enumerable.Range(0, 24).Select(_ => BeginAsync(sent)));
        // 12 of 40 MB are within the limit, so some of 24 are refused; how many depends on how evenly they arrive, but never all. Who sends no
        // more is let go after 5 seconds (408), which gives room to others.
        var answers = await Task.WhenAll(
            clients.Where(client => client.Poll(TimeSpan.FromSeconds(1), SelectMode.SelectRead)).Select(ReadAsync)
        );
        var refused = answers.Where(answer => answer.StartsWith("HTTP/1.1 503 ", StringComparison.Ordinal)).ToArray();
        Assert.InRange(refused.Length, 1, clients.Length - 1);
        Assert.All(refused, answer => Assert.Contains("x-amzn-ErrorType: ServiceUnavailable", answer, StringComparison.Ordinal));
        await AnsweredAsync();
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{before / MiB} MiB before, {Resident("VmHWM") / MiB} MiB at most, {Resident() / MiB} MiB held"
        );
        foreach (var client in clients)
            client.Dispose();

        var clock = Stopwatch.StartNew();
        while (Resident() > before + Slack)
        {
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(60), $"{Resident() / MiB} MiB are resident, {before / MiB} MiB before");
            await Task.Delay(200, TestContext.Current.CancellationToken);
        }
        TestContext.Current.TestOutputHelper?.WriteLine($"{Resident() / MiB} MiB after {clock.Elapsed.TotalSeconds:0.0} s");
    }

    [Fact]
    public void More_than_the_limit_is_refused_until_some_is_given_back()
    {
        var memory = new BodyMemory(10);
        memory.Take(10);
        var refused = Assert.Throws<Aws.AwsException>(() => memory.Take(1));
        Assert.Equal(
            (HttpStatusCode.ServiceUnavailable, "ServiceUnavailable", "The bodies of current requests take more than 10 bytes."),
            (refused.Status, refused.Code, refused.Message)
        );
        memory.GiveBack(5);
        memory.Take(5);
    }

    [Fact]
    public async Task What_large_bodies_hold_keeps_no_short_one_out()
    {
        var memory = new BodyMemory(10);
        memory.Take(10);
        Assert.Equal(BodyMemory.Uncounted, await LengthReadAsync(BodyMemory.Uncounted));
        await Assert.ThrowsAsync<Aws.AwsException>(() => LengthReadAsync(BodyMemory.Uncounted + 1));
        memory.GiveBack(10);
        Assert.Equal(BodyMemory.Uncounted + 10, await LengthReadAsync(BodyMemory.Uncounted + 10));
        memory.Take(10); // each gave back what it held

        async Task<int> LengthReadAsync(int length)
        {
            var http = new DefaultHttpContext { Request = { Body = new MemoryStream(new byte[length]), ContentLength = length } };
            http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = "/";
            using var request = new AwsRequest(http, "id", memory);
            await request.ReadBodyAsync(Announced, static (_, _) => throw new InvalidOperationException());
            return request.Body.Length;
        }
    }

    /// <summary>A signed CreateFunction that announces more than it sends.</summary>
    private async Task<Socket> BeginAsync(byte[] sent)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, _endpoint.Port, TestContext.Current.CancellationToken);
        var head =
            $"POST {LambdaCloud.Functions} "
            + $"HTTP/1.1\r\n{SigningHandler.HeaderLines("POST", LambdaCloud.Functions, "localhost", [])}Content-Length: {Announced}\r\n\r\n";
        await socket.SendAsync(Encoding.ASCII.GetBytes(head), TestContext.Current.CancellationToken);
        try
        {
            for (var rest = sent.AsMemory(); !rest.IsEmpty; )
                rest = rest[(await socket.SendAsync(rest, TestContext.Current.CancellationToken))..];
        }
        catch (SocketException)
        {
            // The request was refused, and 5 seconds later the connection closed.
        }
        return socket;
    }

    private async Task AnsweredAsync()
    {
        using var http = new HttpClient();
        Assert.NotEmpty(await http.GetStringAsync(new Uri(_endpoint, "/_daybreak/status"), TestContext.Current.CancellationToken));
    }

    private static async Task<string> ReadAsync(Socket socket)
    {
        var bytes = new byte[1024];
        try
        {
            return Encoding.UTF8.GetString(bytes, 0, await socket.ReceiveAsync(bytes, TestContext.Current.CancellationToken));
        }
        catch (SocketException)
        {
            return "";
        }
    }

    /// <param name="what">VmRSS, or VmHWM for its maximum.</param>
    private long Resident(string what = "VmRSS")
    {
        var line = File.ReadLines($"/proc/{_cloud.Id}/status").Single(line => line.StartsWith(what, StringComparison.Ordinal));
        return long.Parse(line.AsSpan(6).Trim().ToString().Split(' ')[0], CultureInfo.InvariantCulture) * 1024;
    }
}
