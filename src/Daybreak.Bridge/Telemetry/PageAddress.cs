using System.Globalization;
using System.Net;

namespace Daybreak.Bridge.Telemetry;

/// <summary>Where the page for Prometheus is: a port of the loopback interface, or a Unix socket.</summary>
/// <param name="Socket">Path of the Unix socket; null: a port.</param>
/// <param name="Address">An address of the loopback interface.</param>
/// <param name="Port">The port there.</param>
public sealed record PageAddress(string? Socket, IPAddress Address, int Port)
{
    private const string Host = "OTEL_EXPORTER_PROMETHEUS_HOST";
    private const string PortName = "OTEL_EXPORTER_PROMETHEUS_PORT";
    private const int DefaultPort = 9464;

    /// <summary>Null when the variables name no place on this machine; the reason is then among the flaws.</summary>
    public static PageAddress? Read(Func<string, string?> variable, List<string> flaws)
    {
        var host = variable(Host)?.Trim() is { Length: > 0 } named ? named : "localhost";
        // As for clients of PostgreSQL, a slash makes it a path.
        if (host.Contains('/', StringComparison.Ordinal))
            return new(host, IPAddress.None, 0);
        var port = DefaultPort;
        if (
            variable(PortName)?.Trim() is { Length: > 0 } number
            && !(int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port is > 0 and <= IPEndPoint.MaxPort)
        )
        {
            flaws.Add($"{PortName} is no port; the metrics are not shown to Prometheus.");
            return null;
        }
        if (host == "localhost")
            return new(null, IPAddress.Loopback, port);
        if (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address))
            return new(null, address, port);
        flaws.Add(
            $"{Host} is no address of this machine's loopback interface and no path of a socket; the metrics are not shown to Prometheus."
        );
        return null;
    }

    public override string ToString() => Socket ?? $"http://{new IPEndPoint(Address, Port)}/metrics";
}
