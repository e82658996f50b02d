using System.Diagnostics.Metrics;
using Daybreak.Bridge.Credentials;
using Daybreak.Bridge.Diagnostics;
using Daybreak.Bridge.Http;

namespace Daybreak.Bridge.Telemetry;

/// <summary>The state of the bridge as instruments, which are read when somebody collects.</summary>
public static class BridgeMeter
{
    public static void Observe(Meter meter, BridgeStatus status, EndpointPools pools, CredentialKeeper credentials, TimeProvider time)
    {
        var started = time.GetTimestamp();
        meter.CreateObservableUpDownCounter(
            "daybreak.sessions",
            () => status.Connections,
            "{session}",
            "Sessions that are connected to the bridge."
        );
        meter.CreateObservableUpDownCounter(
            "daybreak.calls.in_flight",
            () => status.InFlight,
            "{call}",
            "Calls that the bridge is carrying out."
        );
        meter.CreateObservableUpDownCounter(
            "daybreak.calls.waiting",
            () => pools.All.Sum(pool => pool.Counts.Waiting),
            "{call}",
            "Calls that wait for a connection to their endpoint."
        );
        meter.CreateObservableUpDownCounter(
            "http.client.open_connections",
            () => Connections(pools),
            "{connection}",
            "Connections to endpoints."
        );
        meter.CreateObservableUpDownCounter(
            "daybreak.connections.limit",
            () => pools.All.Select(pool => new Measurement<int>(pool.Capacity, Of(pool.Endpoint))),
            "{connection}",
            "Connections that there may be to an endpoint: aws_lambda.max_connections."
        );
        meter.CreateObservableGauge("daybreak.credentials.age", () => Age(credentials, time), "s", "Since the credentials were fetched.");
        meter.CreateObservableGauge(
            "daybreak.credentials.remaining",
            () => Remaining(credentials, time),
            "s",
            "Until the credentials expire."
        );
        meter.CreateObservableGauge(
            "daybreak.credentials.failing",
            () => credentials.LastFailure is null ? 0 : 1,
            unit: null,
            "1 when the last attempt to get credentials failed."
        );
        meter.CreateObservableGauge(
            "process.uptime",
            () => time.GetElapsedTime(started).TotalSeconds,
            "s",
            "Since the bridge was started."
        );
        meter.CreateObservableUpDownCounter("process.memory.usage", () => Environment.WorkingSet, "By", "Resident memory of the bridge.");
        meter.CreateObservableCounter(
            "process.cpu.time",
            () => Environment.CpuUsage.TotalTime.TotalSeconds,
            "s",
            "Processor time that the bridge has used."
        );
    }

    private static IEnumerable<Measurement<int>> Connections(EndpointPools pools) =>
        pools.All.SelectMany(pool =>
        {
            var (open, idle, _) = pool.Counts;
            return (Measurement<int>[])
                [
                    new(open - idle, [.. Of(pool.Endpoint), new("http.connection.state", "active")]),
                    new(idle, [.. Of(pool.Endpoint), new("http.connection.state", "idle")]),
                ];
        });

    private static KeyValuePair<string, object?>[] Of(HttpEndpoint endpoint) =>
        [new("server.address", endpoint.Host), new("server.port", endpoint.Port)];

    // Keys of the environment are never fetched and never expire.
    private static IEnumerable<Measurement<double>> Age(CredentialKeeper credentials, TimeProvider time) =>
        credentials.FetchedAt is { } fetched ? [new((time.GetUtcNow() - fetched).TotalSeconds)] : [];

    private static IEnumerable<Measurement<double>> Remaining(CredentialKeeper credentials, TimeProvider time) =>
        credentials.Current?.Expiration is { } expiration ? [new((expiration - time.GetUtcNow()).TotalSeconds)] : [];
}
