using System.Net;
using System.Net.Sockets;
using Daybreak.Cloud.Lambda.Runtime.Telemetry;

namespace Daybreak.Cloud.Tests.Lambda.Runtime;

/// <summary>Telemetry of environments that have no function.</summary>
internal static class Relays
{
    public static TelemetryRelay New() =>
        new(
            (_, _, _) => { },
            IPAddress.Loopback,
            static () => new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp),
            TimeProvider.System
        );
}
