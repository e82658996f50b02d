using System.Net;
using System.Net.Sockets;
using Daybreak.Bridge.Http;

namespace Daybreak.Bridge.Explain;

/// <summary>Resolves a name and connects as a call would, then closes the connection.</summary>
/// <param name="Addresses">Empty when the name has none.</param>
/// <param name="NameFailure">Why the name has none.</param>
/// <param name="ConnectedTo">Null without a connection.</param>
/// <param name="ConnectFailure">Why there is no connection; also null when no address was tried.</param>
/// <param name="Took">The time for name and connection together.</param>
internal sealed record NetworkProbe(
    IReadOnlyList<IPAddress> Addresses,
    string? NameFailure,
    IPAddress? ConnectedTo,
    string? ConnectFailure,
    TimeSpan Took
)
{
    public static async Task<NetworkProbe> TryAsync(HttpEndpoint to, TimeSpan limit, TimeProvider time, CancellationToken cancel)
    {
        using var late = new CancellationTokenSource(limit, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancel);
        var started = time.GetTimestamp();
        IPAddress[] addresses;
        try
        {
            addresses = IPAddress.TryParse(to.Host, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(to.Host, both.Token);
        }
        catch (SocketException failure)
        {
            return NoName(failure.SocketErrorCode == SocketError.HostNotFound ? "there is no such name" : failure.Message);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return NoName($"no resolver answered within {limit.TotalMilliseconds:0} ms");
        }
        if (addresses.Length == 0)
            return NoName("the name has no address");
        try
        {
            using var connected = await AddressRace.RunAsync(
                addresses,
                (address, token) => ConnectAsync(new(address, to.Port), token),
                both.Token
            );
            return new(addresses, null, ((IPEndPoint)connected.RemoteEndPoint!).Address, null, time.GetElapsedTime(started));
        }
        catch (SocketException failure)
        {
            return NoConnection(failure.SocketErrorCode == SocketError.ConnectionRefused ? "connection refused" : failure.Message);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return NoConnection($"no answer within {limit.TotalMilliseconds:0} ms");
        }

        NetworkProbe NoName(string why) => new([], why, null, null, time.GetElapsedTime(started));

        NetworkProbe NoConnection(string why) => new(addresses, null, null, why, time.GetElapsedTime(started));
    }

    private static async Task<Socket> ConnectAsync(IPEndPoint to, CancellationToken cancel)
    {
        var socket = new Socket(to.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(to, cancel);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
