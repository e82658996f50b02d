using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Daybreak.Cloud.Postgres;

/// <summary>Addresses of 127.0.0.0/8, all of which Linux answers for, so that each server has one of its own with the port it was asked
/// for.</summary>
internal static class LoopbackAddresses
{
    private const int Tries = 100;

    /// <summary>One where nobody listens on <paramref name="port"/>. By chance, so that two local AWSs of a machine do not meet.</summary>
    /// <returns>Null when each that was tried is taken: a program listens on the port for all addresses.</returns>
    public static IPAddress? Free(int port)
    {
        for (var tried = 0; tried < Tries; tried++)
        {
            // 127.0 to 127.15 are left to others: resolvers, people.
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
