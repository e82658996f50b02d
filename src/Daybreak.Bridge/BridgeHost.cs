using Daybreak.Aws;
using Daybreak.Bridge.Backends;
using Daybreak.Bridge.Bytes;
using Daybreak.Bridge.Credentials;
using Daybreak.Bridge.Diagnostics;
using Daybreak.Bridge.Explain;
using Daybreak.Bridge.Frames;
using Daybreak.Bridge.Http;
using Daybreak.Bridge.Invocation;
using Daybreak.Bridge.Objects;
using Daybreak.Bridge.Sockets;
using Daybreak.Bridge.Telemetry;

namespace Daybreak.Bridge;

/// <summary>The composition root: builds all parts of the bridge, for the program and for tests.</summary>
public sealed class BridgeHost : IDisposable
{
    private readonly EndpointPools _pools;
    private readonly CredentialKeeper _credentials;
    private readonly Lazy<StsClient> _sts;
    private readonly AssumedRoles _roles;
    private readonly ObjectIdentities _objectIdentities;
    private readonly ClusterNetwork? _network;
    private readonly Lazy<Explainer> _explainer;
    private readonly BridgeTelemetry? _telemetry;

    /// <param name="maxConnections">The limit of connections to one endpoint.</param>
    /// <param name="variable">Reads an environment variable; null when it is not set.</param>
    /// <param name="log">Receives the failures.</param>
    /// <param name="time">The clock.</param>
    /// <param name="source">Provides the credentials; null: the environment or the SDK's chain.</param>
    /// <param name="profile">Reads the profile, for what the environment does not say of endpoints; null: there is none.</param>
    public BridgeHost(
        int maxConnections,
        Func<string, string?> variable,
        FailureLog log,
        TimeProvider time,
        ICredentialSource? source = null,
        Func<AwsProfile>? profile = null
    )
    {
        var region = new AmbientRegion(variable, () => SdkRegion.LookUp());
        var endpointUrl = ConfiguredEndpoint.Find("lambda", variable, profile)?.Url;
        var variant = ConfiguredEndpoint.FindVariant(variable, profile);
        var proxies = new Lazy<ProxySettings>(() => new ProxySettings(variable));
        var ofEnvironment = source is null ? EnvironmentCredentials.TryRead(variable) : null;
        // Deferred, so that the SDK's assemblies are not even loaded when the environment contains a key.
        _credentials = new(
            source
                ?? (ICredentialSource?)ClusterCredentials.TryCreate(variable)
                ?? new DeferredSource(() => new SdkCredentialChain(variable)),
            time,
            ofEnvironment
        );
        _network = ClusterNetwork.TryCreate(variable);
        var tls = new TlsSettings(variable("AWS_CA_BUNDLE"), time);
        _pools = new(maxConnections, new Dialer(() => proxies.Value, tls, time, _network), time);
        // Made on first use as well.
        _sts = new(() => new(region, () => ConfiguredEndpoint.Find("sts", variable, profile), variant, () => proxies.Value, tls, time));
        _roles = new(role => new AssumeRoleSource(role, _credentials, _network is null ? () => _sts.Value : null), time);
        _objectIdentities = new(_credentials, _roles, variable, time);
        var targets = new InvokeTargetCache(() => new(region.Known, endpointUrl, variant));
        Status = new(_credentials, _pools, region, time);
        _telemetry = BridgeTelemetry.TryStart(variable, Status, _pools, _credentials, log, time);
        // Made on first use, so that calls load nothing of it.
        _explainer = new(() =>
            new(
                LocalExplanation.TryCreate(variable),
                new(
                    region,
                    service => ConfiguredEndpoint.Find(service, variable, profile),
                    variant,
                    _credentials,
                    _roles,
                    () => proxies.Value,
                    tls,
                    time,
                    variable("DAYBREAK_EXPOSED_TO_BACKENDS") ?? ""
                )
            )
        );
        Listener = new(
            new Invoker(targets, region, _credentials, _roles, _pools, time, isInCluster: _network is not null),
            new ObjectClient(region, ConfiguredEndpoint.Find("s3", variable, profile)?.Url, variant, _objectIdentities, _pools, time),
            (question, cancel) => ExplainAsync(question, cancel),
            Status,
            _telemetry?.Calls,
            log,
            time
        );
    }

    public BackendListener Listener { get; }
    public BridgeStatus Status { get; }

    /// <summary>Starts to fetch credentials before the first call.</summary>
    public void Prepare()
    {
        if (_credentials.Current is null)
            _ = _credentials.PrepareAsync();
    }

    /// <summary>Explains what would happen to a call, without invoking anything.</summary>
    public Task<ReadOnlyMemory<byte>> ExplainAsync(ExplainFrame question, CancellationToken cancel) =>
        _explainer.Value.ExplainAsync(question, cancel);

    public void Dispose()
    {
        _telemetry?.Dispose();
        _objectIdentities.Dispose();
        _roles.Dispose();
        if (_sts.IsValueCreated)
            _sts.Value.Dispose();
        _credentials.Dispose();
        _pools.Dispose();
        _network?.Dispose();
        if (_explainer.IsValueCreated)
            _explainer.Value.Dispose();
    }

    /// <summary>The whole life of the program: listens, warms up, serves until <paramref name="stop"/>.</summary>
    public static async Task RunAsync(CommandLine asked, Func<string, string?> variable, Stream errors, CancellationToken stop)
    {
        // Listening comes first: clients that connect during the warm-up are served right after it.
        using var socket = SocketFile.Listen(asked.Socket);
        await using var log = new FailureLog(errors, TimeProvider.System);
        using var host = new BridgeHost(asked.MaxConnections, variable, log, TimeProvider.System, profile: () => AwsProfile.Read(variable));
        host.Prepare();
        WarmUp.Run();
        using var trim = new IdleTrim(
            () => host.Status.Work,
            TimeProvider.System,
            static () =>
            {
                FrameArrays.Trim();
                IdleTrim.Collect();
            }
        );
        var serving = host.Listener.RunAsync(socket.Listener, stop);
        log.Started(asked.Socket, asked.MaxConnections);
        await serving;
    }

    private sealed class DeferredSource(Func<ICredentialSource> create) : ICredentialSource
    {
        private readonly Lazy<ICredentialSource> _source = new(create);

        public Task<CredentialSnapshot> FetchAsync(CancellationToken cancel) => _source.Value.FetchAsync(cancel);
    }
}
