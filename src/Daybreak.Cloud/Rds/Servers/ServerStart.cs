using System.Collections.Immutable;
using System.Net;
using Daybreak.Cloud.Postgres;
using Daybreak.Cloud.Rds.Clusters;
using Daybreak.Cloud.Rds.Endpoints;
using Daybreak.Cloud.Rds.Engines;
using Daybreak.Cloud.Rds.Instances;
using Daybreak.Cloud.Rds.Logins;
using Daybreak.Cloud.Rds.ParameterGroups;
using Daybreak.Cloud.Rds.Roles;

namespace Daybreak.Cloud.Rds.Servers;

/// <summary>Starts an instance's server with its cluster, parameter groups and role in the cluster.</summary>
internal sealed class ServerStart(
    DatabaseEngines engines,
    ServerFiles files,
    ServerCertificates certificates,
    ParameterGroupSet clusterGroups,
    ParameterGroupSet instanceGroups,
    ServerCredentials credentials,
    CustomEndpoints endpoints,
    Databases databases,
    IDatabaseLogs logs,
    LoginListener logins,
    bool throwAway
)
{
    /// <summary>Makes the template of a cluster's servers, so that the first one starts at once.</summary>
    public Task PrepareAsync(Cluster cluster) => engines.TemplateAsync(cluster.ServerMajor);

    /// <summary>Starts the writer, and creates its data when it is the first.</summary>
    /// <param name="aside">Whether to start it without the cluster's address: a crashed writer, which only sends readers its last
    /// transactions.</param>
    public async Task<(PostgresServer Server, StartedWith Started)> WriterAsync(Cluster cluster, Instance instance, bool aside = false)
    {
        var template = await engines.TemplateAsync(cluster.ServerMajor);
        await files.PrepareWriterAsync(cluster, instance, ServerUser.For(template.Installation, cluster.ResourceId), template);
        var signal = Path.Combine(files.DataDirectory(cluster, instance), "standby.signal");
        var promote = File.Exists(signal); // it was a reader when everything ended
        var server = await StartAsync(cluster, instance, template, null, aside);
        if (promote)
            await ServerAdministration.PromoteAsync(server.Server);
        await ServerAdministration.EnsureMasterAsync(server.Server, cluster);
        return server;
    }

    /// <param name="keep">Whether existing data follows the same writer, so that it need not be copied again.</param>
    public async Task<(PostgresServer Server, StartedWith Started)> ReaderAsync(
        Cluster cluster,
        Instance instance,
        PostgresServer writer,
        bool keep
    )
    {
        await files.PrepareReaderAsync(cluster, instance, writer, keep);
        return await StartAsync(cluster, instance, await engines.TemplateAsync(cluster.ServerMajor), writer);
    }

    /// <summary>Applies to a running server what can change while it runs: dynamic parameters, and the writer it follows.</summary>
    public async Task ReloadAsync(Cluster cluster, Instance instance, PostgresServer server, PostgresServer? follows)
    {
        var template = await engines.TemplateAsync(cluster.ServerMajor);
        var (clusterGroup, instanceGroup) = await GroupsAsync(cluster, instance);
        await server.ReloadAsync(Options(cluster, instance, template, follows, instance.Started, clusterGroup, instanceGroup));
    }

    public async Task<(bool Cluster, bool Instance)> ArePendingAsync(Cluster cluster, Instance instance)
    {
        var catalog = (await engines.TemplateAsync(cluster.ServerMajor)).Catalog(cluster.Engine);
        var (clusterGroup, instanceGroup) = await GroupsAsync(cluster, instance);
        return (
            ServerSettings.IsPending(instance.Started.ClusterGroup, clusterGroup, catalog),
            ServerSettings.IsPending(instance.Started.InstanceGroup, instanceGroup, catalog)
        );
    }

    private async Task<(PostgresServer Server, StartedWith Started)> StartAsync(
        Cluster cluster,
        Instance instance,
        ServerTemplate template,
        PostgresServer? follows,
        bool aside = false
    )
    {
        var (clusterGroup, instanceGroup) = await GroupsAsync(cluster, instance);
        var catalog = template.Catalog(cluster.Engine);
        var started = new StartedWith(ServerSettings.Deferred(clusterGroup, catalog), ServerSettings.Deferred(instanceGroup, catalog));
        var options = Options(cluster, instance, template, follows, started, clusterGroup, instanceGroup);
        if (aside)
            options = options with { MoreAddresses = [] };
        return (await PostgresServer.StartAsync(ServerUser.For(template.Installation, cluster.ResourceId), options), started);
    }

    private async Task<(ParameterGroup Cluster, ParameterGroup Instance)> GroupsAsync(Cluster cluster, Instance instance) =>
        (
            await clusterGroups.FindOrNullAsync(cluster.ParameterGroup, cluster.AccountId, cluster.Region)
                ?? throw new PostgresServerException($"The cluster parameter group {cluster.ParameterGroup} is gone."),
            await instanceGroups.FindOrNullAsync(instance.ParameterGroup, cluster.AccountId, cluster.Region)
                ?? throw new PostgresServerException($"The parameter group {instance.ParameterGroup} is gone.")
        );

    private PostgresServerOptions Options(
        Cluster cluster,
        Instance instance,
        ServerTemplate template,
        PostgresServer? follows,
        StartedWith started,
        ParameterGroup clusterGroup,
        ParameterGroup instanceGroup
    )
    {
        var settings = ServerSettings.Of(
            started,
            clusterGroup,
            instanceGroup,
            template.Catalog(cluster.Engine),
            template.Installation.OwnLibraries
        );
        if (follows is not null)
        {
            settings = settings.SetItem(
                "primary_conninfo",
                $"{follows.Options.ReplicationConnection} application_name={instance.Identifier}"
            );
        }
        ImmutableArray<IPAddress> addresses = [IPAddress.Parse(instance.Address)];
        if (follows is null && cluster.OnlyInstance is null)
            addresses = addresses.Add(IPAddress.Parse(cluster.Address));
        return new PostgresServerOptions
        {
            Major = cluster.ServerMajor,
            Replicator = ServerTemplate.Replicator,
            Directory = files.InstanceDirectory(cluster, instance),
            SocketDirectory = files.SocketDirectory(cluster, instance),
            Shared = [files.SocketDirectory(cluster), files.PasswordFile(cluster)],
            Address = addresses[0],
            MoreAddresses = addresses[1..],
            Port = cluster.Port,
            Superuser = ServerTemplate.Superuser,
            TrustedUsers = [Environment.UserName],
            ReplicationPasswordFile = files.PasswordFile(cluster),
            ThrowAway = throwAway,
            RequiresTls = settings.GetValueOrDefault("rds.force_ssl") == "1",
            TokenLogins = logins.LoginsOf(cluster, instance),
            Certificate = certificates.Issue(
                instance.Identifier,
                [instance.Address, .. cluster.SharedAddresses, .. endpoints.Of(cluster).Select(endpoint => endpoint.Address)]
            ),
            Settings = settings,
            LogReceiver = new ServerLogExport(() => (databases.Present(cluster), databases.Present(instance)), logs).Write,
            Environment = credentials.EnvironmentOf(
                cluster,
                instance,
                template.Installation.Bridge,
                files.DataDirectory(cluster, instance)
            ),
        };
    }
}
