using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Daybreak.Cloud.Forwarding;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Hosting.Clock;
using Daybreak.Cloud.Lambda.Events;
using Daybreak.Cloud.Lambda.Runtime;
using Daybreak.Cloud.Logs;
using Daybreak.Cloud.Logs.Storage;
using Daybreak.Cloud.Postgres;
using Daybreak.Cloud.State;
using Daybreak.Cloud.Sts;

namespace Daybreak.Cloud.Hosting;

/// <summary>
/// A running local AWS, for the program, the CLI and tests. It is built from the bottom up: first the port and the storage, then callers
/// and their permissions, then the services, and last the front door.
/// </summary>
public sealed class CloudHost : IAsyncDisposable
{
    private static readonly TimeSpan OpenConnectionsWait = TimeSpan.FromSeconds(2);

    private readonly OwnedParts _parts;
    private readonly CloudIdentity _identity;
    private readonly CloudServices _services;
    private readonly ClockRoute _clock;
    private readonly RequestGate _gate = new();
    private readonly HttpServer _server;

    private CloudHost(
        OwnedParts parts,
        CloudOptions options,
        CloudStorage storage,
        FrontDoorListener listener,
        CloudIdentity identity,
        CloudServices services,
        Forwards forwards,
        IFunctionRuntime runtime,
        string databaseIsolation,
        MovableClock clock
    )
    {
        (_parts, _identity, _services) = (parts, identity, services);
        _clock = parts.Add(new ClockRoute(clock, storage.Store));
        (Options, StatePath, Endpoint) = (options, storage.Directory.Path, listener.Endpoint);
        forwards.RequireElsewhere([.. services.All.Select(static service => service.Name)]);
        var status = new StatusRoute(options, Endpoint, StatePath, services.All, runtime, databaseIsolation, services.Rds, forwards, clock);
        var path = CloudFrontDoor.Build(options, identity, services, status, _clock, forwards, _gate, ResetAsync, Endpoint, clock);
        _server = parts.Add(new HttpServer(listener, path.HandleAsync, options.Failed));
    }

    public CloudOptions Options { get; }

    /// <summary>All services.</summary>
    public ImmutableArray<AwsService> Services => _services.All;

    /// <summary>Rises with every completed request.</summary>
    public long Work => _server.Work;

    /// <summary>The directory of the state; a temporary one is removed at the end.</summary>
    public string StatePath { get; }

    /// <summary>Accepted Event invocations that have not ended, without their payloads.</summary>
    public Task<IReadOnlyList<QueuedEvent>> QueuedEventsAsync() => _services.Lambda.QueuedEventsAsync();

    /// <summary>Provides credentials of roles to servers that run here.</summary>
    public ContainerCredentials ContainerCredentials => _identity.ContainerCredentials;

    /// <summary>The address of this local AWS for clients: <c>http://127.0.0.1:4566</c>.</summary>
    public Uri Endpoint { get; }

    /// <summary>Starts a local AWS. It answers requests when the task completes.</summary>
    /// <param name="time">The clock of this machine; what AWS decides by the time goes by a <see cref="MovableClock"/> over it.</param>
    /// <exception cref="StateException">The state directory is in use, foreign, damaged or not writable.</exception>
    /// <exception cref="IOException">The port is taken.</exception>
    /// <exception cref="SocketException">The port may not be used.</exception>
    /// <exception cref="ArgumentException">The address is not loopback.</exception>
    /// <exception cref="ForwardException">A rule of what is sent on cannot be followed.</exception>
    public static async Task<CloudHost> StartAsync(
        CloudOptions options,
        TimeProvider? time = null,
        CancellationToken cancellation = default
    )
    {
        if (!IPAddress.IsLoopback(options.Address))
            throw new ArgumentException(
                $"{options.Address} is not a loopback address: this cloud's credentials are no secret",
                nameof(options)
            );
        time ??= TimeProvider.System;
        var clock = new MovableClock(time);
        var parts = new OwnedParts();
        CloudHost? host = null;
        try
        {
            var storage = parts.Add(await CloudStorage.OpenAsync(options));
            var listener = parts.Add(new FrontDoorListener(options.Address, options.Port));
            var databases = await ServerIsolation.FindAsync(options.Postgres);
            options = options with { Postgres = [.. options.Postgres.Select(one => one with { Sandbox = databases.Sandbox })] };
            var identity = parts.Add(new CloudIdentity(storage.Store, options, clock, time));
            var forwards = parts.Add(new Forwards(options.Forwards, listener.Endpoint, time));
            var functionDoors = new FunctionDoors(listener);
            var logs = parts.Add(
                new LogsService(
                    storage.Store,
                    new LogStorageOptions(options.StateDirectory is not null, options.LogLimit, options.Failed),
                    clock
                )
            );
            var runtime = parts.Add(
                options.FunctionRuntime
                    ?? await FunctionRuntime.CreateAsync(
                        new FunctionRuntimeOptions
                        {
                            WorkDirectory = storage.Directory.Path,
                            Endpoint = listener.Endpoint,
                            Strict = options.StrictRuntimes,
                            WithoutSandbox = !options.IsolatesFunctions,
                            Vpcs = functionDoors,
                        },
                        identity.ExecutionRoles,
                        new FunctionLogs(logs, identity.ExecutionRoles, clock),
                        time // functions are processes of this machine: it limits their time
                    )
            );
            var services = parts.Add(
                new CloudServices(options, storage, identity, runtime, functionDoors, logs, forwards, listener, clock)
            );
            await services.PrepareAsync();
            host = new CloudHost(parts, options, storage, listener, identity, services, forwards, runtime, databases.Description, clock);
            clock.Moved += services.NoteMove;
            await host._server.StartAsync(cancellation);
            services.Resume();
            return host;
        }
        catch
        {
            if (host is not null)
                await host.DisposeAsync();
            await parts.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Empties everything, of every account and Region. New requests wait until it is done; current ones end before it starts.
    /// </summary>
    public Task ResetAsync() => _gate.RunExclusivelyAsync(_services.EndRequestsAsync, EmptyAsync);

    /// <summary>Accepts no more requests, ends everything that runs, writes remaining state, removes a temporary state directory.</summary>
    /// <param name="hurry">Ends open requests at once when it fires.</param>
    public async Task StopAsync(CancellationToken hurry)
    {
        // Databases stop first, because their bridges call this server.
        await _services.Rds.StopAllAsync(hurry);
        _services.Logs.EndTails();
        using (var wait = CancellationTokenSource.CreateLinkedTokenSource(hurry))
        {
            wait.CancelAfter(OpenConnectionsWait);
            await _server.StopAsync(wait.Token);
        }
        await _parts.DisposeAsync();
    }

    public async ValueTask DisposeAsync() => await StopAsync(CancellationToken.None);

    private async Task EmptyAsync()
    {
        await _services.ResetAsync();
        _clock.Forget();
    }
}
