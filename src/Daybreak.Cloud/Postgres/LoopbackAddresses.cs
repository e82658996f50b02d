using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Daybreak.Cloud.Postgres;

/// <summary>Addresses of 127.0.0.0/8, all of which Linux serves, so that each server has its own address with the requested port.</summary>
internal static class LoopbackAddresses
{
    private const int Tries = 100;

    /// <summary>
    /// Returns an address where nobody listens on <paramref name="port"/>. It is random, so that two local AWSs on a machine rarely
    /// collide.
    /// </summary>
    /// <returns>Null when every address that was tried is taken: a program listens on the port on all addresses.</returns>
    public static IPAddress? Free(int port)
    {
        for (var tried = 0; tried < Tries; tried++)
        {
            // 127.0 to 127.15 are left to others, such as resolvers and users.
            var address = new IPAddress([
                127,
                (byte)RandomNumberGenerator.GetInt32(16, 255),
                (byte)RandomNumberGenerator.GetInt32(0, 256),
                (byte)RandomNumberGenerator.GetInt32(1, 255),
            ]);
            if (IsFree(address, port))
                return address;
        }
        return null;
    }

    public static bool IsFree(IPAddress address, int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(address, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
