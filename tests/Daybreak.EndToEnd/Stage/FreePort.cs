using System.Net;
using System.Net.Sockets;

namespace Daybreak.EndToEnd.Stage;

/// <summary>For programs that must be told a port. The kernel hands out others for a good while before this one comes again.</summary>
internal static class FreePort
{
    public static int Find()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
