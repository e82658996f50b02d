using Daybreak.Cloud.Postgres;
using Daybreak.Cloud.Rds.Clusters;
using Daybreak.Cloud.Rds.Instances;

namespace Daybreak.Cloud.Rds.Servers;

/// <summary>
/// The files of a cluster's servers: one directory per instance, and <c>volume</c>, which keeps the data of a cluster without instances for
/// its next one.
/// </summary>
internal sealed class ServerFiles(DatabaseDirectory directory)
{
    /// <summary>The data of a cluster while it has no instance.</summary>
    public string Volume(Cluster cluster) => Path.Combine(ClusterDirectory(cluster), "volume");

    public string ClusterDirectory(Cluster cluster) => Path.Combine(directory.Clusters, Short(cluster.ResourceId));

    public string InstanceDirectory(Cluster cluster, Instance instance) =>
        Path.Combine(ClusterDirectory(cluster), Short(instance.ResourceId));

    public string DataDirectory(Cluster cluster, Instance instance) => Path.Combine(InstanceDirectory(cluster, instance), "data");

    /// <summary>Short enough for a Unix socket, wherever the state directory is.</summary>
    public string SocketDirectory(Cluster cluster, Instance instance) => Path.Combine(SocketDirectory(cluster), Short(instance.ResourceId));

    /// <summary>Contains the directories of its members, which connect to each other.</summary>
    public string SocketDirectory(Cluster cluster) => Path.Combine(directory.Sockets, Short(cluster.ResourceId));

    /// <summary>Contains the password with which readers and backups connect to the cluster's writer.</summary>
    public string PasswordFile(Cluster cluster) => Path.Combine(ClusterDirectory(cluster), "replication.pgpass");

    /// <summary>Prepares the writer's data: its own, otherwise the cluster's volume, otherwise a copy of the template.</summary>
    public async Task PrepareWriterAsync(Cluster cluster, Instance instance, PostgresInstallation installation, ServerTemplate template)
    {
        await MakeAsync(cluster, instance, installation);
        var data = DataDirectory(cluster, instance);
        if (!File.Exists(Path.Combine(data, "PG_VERSION")))
        {
            if (!Directory.Exists(Volume(cluster)))
            {
                await FillAsync(data, unfinished => CopyAsync(installation, template.DataDirectory, unfinished));
                return;
            }
            Directory.Move(Volume(cluster), data);
        }
        OwnedFiles.GiveAll(data, installation.User); // in an earlier version, one user owned the data of all clusters
    }

    /// <summary>Prepares a reader's data: a copy of the running writer's, made again unless <paramref name="keep"/>.</summary>
    public async Task PrepareReaderAsync(Cluster cluster, Instance instance, PostgresServer writer, bool keep)
    {
        await MakeAsync(cluster, instance, writer.Installation);
        var data = DataDirectory(cluster, instance);
        if (!keep || !File.Exists(Path.Combine(data, "PG_VERSION")))
        {
            Remove(data);
            await FillAsync(data, unfinished => BackUpAsync(writer, unfinished));
        }
        OwnedFiles.GiveAll(data, writer.Installation.User);
        // As its user, because it could be a link.
        await writer.Installation.RunAsync("/bin/touch", [Path.Combine(data, "standby.signal")], "/", sees: ([], [data]));
    }

    /// <summary>Creates a directory under another name until it is complete; an incomplete one is removed.</summary>
    public static async Task FillAsync(string path, Func<string, Task> fill)
    {
        var unfinished = path + ".new";
        Remove(unfinished);
        try
        {
            await fill(unfinished);
            Directory.Move(unfinished, path);
        }
        catch
        {
            Remove(unfinished); // a full disk has room again
            throw;
        }
    }

    /// <summary>Copies data of any owner to a new directory, which then belongs to the installation's user.</summary>
    public static async Task CopyAsync(PostgresInstallation installation, string from, string to, CancellationToken cancellation = default)
    {
        var ours = installation with { User = null };
        await ours.RunAsync("/bin/cp", ["-a", "--no-preserve=ownership", "--reflink=auto", from, to], "/", cancellation: cancellation);
        OwnedFiles.GiveAll(to, installation.User);
    }

    /// <summary>Copies the data of a running server to a new directory.</summary>
    public static async Task BackUpAsync(PostgresServer server, string target, CancellationToken cancellation = default)
    {
        OwnedFiles.MakeFor(server.Installation.User, target);
        await server.Installation.RunAsync(
            "pg_basebackup",
            [
                "--pgdata",
                target,
                "--dbname",
                server.Options.ReplicationConnection,
                "--wal-method",
                "stream",
                "--checkpoint",
                "fast",
                "--no-sync",
                "--no-password",
            ],
            "/",
            sees: ([server.Options.SocketDirectory, .. server.Options.Shared], [target]), // the server determines what pg_basebackup writes
            cancellation: cancellation
        );
    }

    /// <summary>Keeps the cluster's data when its last instance is deleted.</summary>
    public void KeepVolume(Cluster cluster, Instance instance)
    {
        var data = DataDirectory(cluster, instance);
        if (File.Exists(Path.Combine(data, "PG_VERSION")))
            Directory.Move(data, Volume(cluster));
    }

    public void Remove(Cluster cluster, Instance instance)
    {
        Remove(InstanceDirectory(cluster, instance));
        Remove(SocketDirectory(cluster, instance));
    }

    public void Remove(Cluster cluster)
    {
        Remove(ClusterDirectory(cluster));
        Remove(SocketDirectory(cluster));
    }

    public void RemoveAll() => Remove(directory.Clusters);

    public static string Short(string resourceId) => resourceId[^12..].ToLowerInvariant();

    public void Make(Cluster cluster) => OwnedFiles.MakePassable(ClusterDirectory(cluster));

    private async Task MakeAsync(Cluster cluster, Instance instance, PostgresInstallation installation)
    {
        Make(cluster);
        OwnedFiles.MakePassable(InstanceDirectory(cluster, instance));
        OwnedFiles.MakePassable(SocketDirectory(cluster));
        OwnedFiles.MakeFor(installation.User, SocketDirectory(cluster, instance));
        if (!File.Exists(PasswordFile(cluster)))
            await PostgresDataDirectory.ReplaceAsync(installation, PasswordFile(cluster), ReplicationPassword.NewFile());
    }

    public static void Remove(string path)
    {
        if (Directory.Exists(path))
            Directory.Delete(path, recursive: true);
    }
}
