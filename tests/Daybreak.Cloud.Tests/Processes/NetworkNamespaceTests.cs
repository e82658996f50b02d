using System.Net;
using System.Net.Sockets;
using System.Text;
using Daybreak.Cloud.Processes;

namespace Daybreak.Cloud.Tests.Processes;

/// <summary>Children in a network of their own.</summary>
public sealed class NetworkNamespaceTests
{
    [Fact]
    public async Task A_child_connects_to_what_was_made_in_its_network_and_to_nothing_else()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root makes networks.");
        using var network = NetworkNamespace.TryCreate();
        Assert.NotNull(network);
        using var inside = network.NewSocket();
        using var outside = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        foreach (var socket in (Socket[])[inside, outside])
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            socket.Listen();
        }

        Assert.Equal("connected", await ConnectAsync(inside, network));
        Assert.Contains("Connection refused", await ConnectAsync(outside, network), StringComparison.Ordinal);

        // The thread that starts children is in this machine's network again.
        Assert.Equal("connected", await ConnectAsync(outside, null));
        Assert.Contains("Connection refused", await ConnectAsync(inside, null), StringComparison.Ordinal);
    }

    private static async Task<string> ConnectAsync(Socket listener, NetworkNamespace? network)
    {
        var output = new StringBuilder();
        await using var child = await ChildProcess.StartAsync(
            new ChildStart
            {
                Program = "/bin/bash",
                Arguments = ["-c", $"exec 3<>/dev/tcp/127.0.0.1/{((IPEndPoint)listener.LocalEndPoint!).Port} && echo connected"],
                StandardOutput = chunk => output.Append(Encoding.UTF8.GetString(chunk)),
                ErrorIntoOutput = true,
                Network = network,
            }
        );
        await child.Exited;
        return output.ToString().Trim();
    }
}
