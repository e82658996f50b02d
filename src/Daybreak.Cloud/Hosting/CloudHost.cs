using System.Collections.Immutable;
using System.Net;
using Daybreak.Cloud.Access.Explain;
using Daybreak.Cloud.Ec2;
using Daybreak.Cloud.Ec2.Doors;
using Daybreak.Cloud.Explain;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.FrontDoor.Admin;
using Daybreak.Cloud.FrontDoor.Authentication;
using Daybreak.Cloud.Lambda;
using Daybreak.Cloud.Lambda.Invoking;
using Daybreak.Cloud.Lambda.Runtime;
using Daybreak.Cloud.Policy;
using Daybreak.Cloud.Postgres;
using Daybreak.Cloud.Rds;
using Daybreak.Cloud.State;
using Daybreak.Cloud.Sts;
using Microsoft.AspNetCore.Http;

namespace Daybreak.Cloud.Hosting;

/// <summary>A running local AWS: the one place where its parts are put together, for the program, the CLI and tests.</summary>
public sealed class CloudHost : IAsyncDisposable
{
    private static readonly TimeSpan OpenConnectionsWait = TimeSpan.FromSeconds(2);

    private readonly StateDirectory _directory;
    private readonly StateStore _store;
    private readonly CloudIdentity _identity;
    private readonly LambdaService _lambda;
    private readonly Ec2Service _ec2;
    private readonly RdsService _rds;
    private readonly NetworkDoors? _doors;
    private readonly OpenNetwork? _openNetwork;
    private readonly RequestGate _gate = new();
    private readonly HttpServer _server;

    private CloudHost(
        CloudOptions options,
        TimeProvider time,
        StateDirectory directory,
        StateStore store,
        CloudIdentity identity,
        IFunctionRuntime runtime,
        string databases
    )
    {
        (_directory, _store, _identity) = (directory, store, identity);
        Options = options;

        // Services
        _lambda = new LambdaService(
            store,
            runtime,
            identity.ExecutionRoles,
            identity.PrincipalIds,
            new LambdaOptions(options.FirstRetryWait, options.SecondRetryWait, options.Failed),
            time
        );
        _ec2 = new Ec2Service(store, identity.PrincipalIds, time);
        var roles = new ServiceRoleCredentials(identity.ServiceRoles, identity.ContainerCredentials);
        _rds = new RdsService(
            store,
            new DatabaseSubnets(_ec2.Networks.Of),
            new DatabaseInterfaces(_ec2.Networks, time),
            roles,
            new RdsServiceLinkedRole(identity.Iam.ServiceLinkedRoles, identity.Permissions),
            identity.Permissions,
            () => Endpoint,
            new RdsOptions(options.StateDirectory, options.Postgres, options.TakesAnyEngineVersion, options.Failed),
            time
        );
        identity.Iam.ServiceLinkedRoles.UsesOf = (accountId, _) => _rds.ResourcesOf(accountId);

        if (options.EnforcesNetwork)
            _doors = _ec2.Open(
                address => _server!.AddDoor(address),
                caller =>
                    caller.Principal is Principal.RoleSession && roles.HolderOf(caller.AccessKeyId) is { } server
                        ? (server.AccountId, server.Region, DatabaseInterfaces.IdOf(server))
                        : null
            );
        else
            _openNetwork = new OpenNetwork(() => _server!.AddDoor(options.Address));

        Resolver resolver = _doors is { } doors ? doors.Resolve : _openNetwork!.Resolve;

        // Front door
        var authenticator = new SignatureAuthenticator(identity.AccessKeys, time);
        var services = new ServiceFinder([
            identity.Iam.Description,
            identity.Sts.Description,
            _lambda.Description,
            _ec2.Description,
            _rds.Description,
        ]);
        Services = services.Services;
        var status = new StatusRoute(time, services, options, directory.Path, () => Endpoint)
        {
            Functions = () => (runtime.Isolation, runtime.Limits, runtime.Reach, runtime.EnvironmentCount),
            Databases = databases,
            StandIns = () => _rds.StandIns,
        };
        var explainer = identity.ExplainerOf(services.Services, options.Region, time);
        var explain = new ExplainRoute(explainer, options.EnforcesIam);
        var invocations = new InvocationExplainer(
            _rds.Facts,
            _ec2.Networks.Of,
            DatabaseInterfaces.IdOf,
            explainer,
            new ExplainOptions(options.Region, options.EnforcesIam, options.EnforcesNetwork),
            _lambda.FunctionsOf
        );
        var admin = new AdminRoutes([
            new("GET /_daybreak/status", status.HandleAsync),
            new(
                "POST /_daybreak/reset",
                async http =>
                {
                    await ResetAsync();
                    http.Response.StatusCode = StatusCodes.Status204NoContent;
                }
            ),
            new($"GET {ExplainRoute.Path}", explain.HandleAsync),
            new($"GET {InvocationRoute.Path}", new InvocationRoute(invocations).HandleAsync),
            new(
                $"GET {InstanceExplanationRoute.Path}",
                new InstanceExplanationRoute(invocations, _rds.Facts, _rds.InstanceWith).HandleAsync
            ),
            new($"GET {ResolverRoute.Path}", new ResolverRoute(resolver).HandleAsync),
            new($"GET {ContainerCredentials.Path}", identity.ContainerCredentials.HandleAsync),
            .. _lambda.Routes,
        ]);
        var path = new RequestPath(
            services,
            admin,
            authenticator,
            identity.Authorizer,
            _gate,
            options.Region,
            () => Endpoint,
            options.Failed,
            _doors
        );
        _server = new HttpServer(path.HandleAsync, options.Failed);
    }

    public CloudOptions Options { get; }

    /// <summary>What is served.</summary>
    public ImmutableArray<AwsService> Services { get; }

    /// <summary>Rises with every request that ends.</summary>
    public long Work => _server.Work;

    /// <summary>Where state lives; gone after the end when it is temporary.</summary>
    public string StatePath => _directory.Path;

    /// <summary>Accepted Event invocations that are not done with.</summary>
    public IEnumerable<QueuedEvent> QueuedEvents => _lambda.QueuedEvents;

    /// <summary>Lets servers that run here act in a role.</summary>
    public ContainerCredentials ContainerCredentials => _identity.ContainerCredentials;

    /// <summary>Where clients reach this cloud: <c>http://127.0.0.1:4566</c>.</summary>
    public Uri Endpoint { get; private set; } = new("http://127.0.0.1");

    /// <summary>Starts a cloud. It answers when the task completes.</summary>
    /// <exception cref="StateException">The state directory is in use, foreign, damaged or not writable.</exception>
    /// <exception cref="IOException">The port is taken.</exception>
    /// <exception cref="ArgumentException">The address is not loopback.</exception>
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
        var directory = StateDirectory.Open(options.StateDirectory);
        StateStore? store = null;
        CloudIdentity? identity = null;
        IFunctionRuntime? runtime = null;
        CloudHost? host = null;
        time ??= TimeProvider.System;
        try
        {
            await DirectoryAccess.CheckAsync(options.Postgres, options.StateDirectory is null ? null : directory.Path);
            var databases = await ServerIsolation.FindAsync(options.Postgres);
            options = options with { Postgres = [.. options.Postgres.Select(one => one with { Sandbox = databases.Sandbox })] };
            store = StateStore.Open(directory.Path);
            identity = new CloudIdentity(store, options, time);
            runtime =
                options.FunctionRuntime
                ?? await FunctionRuntime.CreateAsync(
                    new FunctionRuntimeOptions { WorkDirectory = directory.Path, Endpoint = () => host!.Endpoint },
                    identity.ExecutionRoles,
                    new NoFunctionLog(),
                    time
                );
            host = new CloudHost(options, time, directory, store, identity, runtime, databases.Description);
            await host._rds.PrepareAsync();
            host.Endpoint = await host._server.StartAsync(options.Address, options.Port, cancellation);
            host._lambda.Resume();
            host._rds.Resume();
            return host;
        }
        catch
        {
            if (host is not null)
                await host.DisposeAsync();
            else
            {
                if (runtime is not null)
                    await runtime.DisposeAsync();
                identity?.Dispose();
                if (store is not null)
                    await store.DisposeAsync();
                directory.Dispose();
            }
            throw;
        }
    }

    /// <summary>Empties everything, of every account and region. Requests that come meanwhile wait, those that are under way end
    /// before.</summary>
    public Task ResetAsync() => _gate.RunAloneAsync(_lambda.StopAllAsync, EmptyAsync);

    private async Task EmptyAsync()
    {
        await _rds.StopAllAsync(CancellationToken.None);
        await _lambda.StopAllAsync();
        try
        {
            await _identity.ChangeAsync(() => _ec2.ResetAsync(_store.ResetAsync));
        }
        catch
        {
            // Everything is still there (the disk may be full): what was ended is started again.
            _rds.Continue();
            _rds.Resume();
            _lambda.Resume();
            throw;
        }
        _lambda.RemoveUnusedCode();
        _rds.Forget();
    }

    /// <summary>Accepts no more, ends what runs, writes what is left, removes a temporary state directory.</summary>
    /// <param name="hurry">Open requests are dropped at once when it fires.</param>
    public async Task StopAsync(CancellationToken hurry)
    {
        // Databases first: their bridges' calls come in here.
        await _rds.StopAllAsync(hurry);
        using (var wait = CancellationTokenSource.CreateLinkedTokenSource(hurry))
        {
            wait.CancelAfter(OpenConnectionsWait);
            await _server.StopAsync(wait.Token);
        }

        _doors?.Dispose();
        _openNetwork?.Dispose();
        await _server.DisposeAsync();
        await _lambda.DisposeAsync();
        _rds.Dispose();
        _ec2.Dispose();
        await _store.DisposeAsync();
        _identity.Dispose();
        _directory.Dispose();
    }

    public async ValueTask DisposeAsync() => await StopAsync(CancellationToken.None);
}
