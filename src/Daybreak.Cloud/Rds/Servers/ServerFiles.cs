using System.Net;
using Daybreak.Cloud.Processes;
using Daybreak.Cloud.Rds.Clusters;
using Daybreak.Cloud.Rds.Instances;

namespace Daybreak.Cloud.Rds.Servers;

/// <summary>
/// The files of a cluster's servers: a directory an instance, and <c>volume</c>, where the data of a cluster without instances
/// waits for the next one.
/// </summary>
internal sealed class ServerFiles(DatabaseDirectory directory)
{
    private const UnixFileMode Passable = (UnixFileMode)0b111_001_001;

    public string ClusterDirectory(Cluster cluster) => Path.Combine(directory.Clusters, Short(cluster.ResourceId));

    public string InstanceDirectory(Cluster cluster, Instance instance) => Path.Combine(ClusterDirectory(cluster), Short(instance.ResourceId));

    public string DataDirectory(Cluster cluster, Instance instance) => Path.Combine(InstanceDirectory(cluster, instance), "data");

    /// <summary>Short enough for a Unix socket wherever the state directory is.</summary>
    public string SocketDirectory(Instance instance) => Path.Combine(directory.Sockets, Short(instance.ResourceId));

    /// <summary>The writer's data: what it has, else what the cluster kept, else a copy of the template.</summary>
    public async Task PrepareWriterAsync(Cluster cluster, Instance instance, ServerTemplate template)
    {
        Make(cluster, instance, template.Installation);
        var data = DataDirectory(cluster, instance);
        if (File.Exists(Path.Combine(data, "PG_VERSION")))
            return;
        if (Directory.Exists(Volume(cluster)))
        {
            Directory.Move(Volume(cluster), data);
            return;
        }
        // Under another name until it is whole.
        var unfinished = data + ".new";
        Remove(unfinished);
        await template.Installation.RunAsync("/bin/cp", ["-a", "--reflink=auto", template.DataDirectory, unfinished], InstanceDirectory(cluster, instance));
        Directory.Move(unfinished, data);
    }

    /// <summary>A reader's data: a copy of the running writer's, made anew unless <paramref name="keep"/>.</summary>
    public async Task PrepareReaderAsync(Cluster cluster, Instance instance, PostgresServer writer, bool keep)
    {
        Make(cluster, instance, writer.Installation);
        var data = DataDirectory(cluster, instance);
        if (!keep || !File.Exists(Path.Combine(data, "PG_VERSION")))
        {
            var unfinished = data + ".new";
            Remove(unfinished);
            Remove(data);
            await writer.Installation.RunAsync(
                "pg_basebackup",
                [
                    "--pgdata", unfinished, "--host", writer.Options.SocketDirectory, "--port", $"{writer.Options.Port}", "--username",
                    writer.Options.Superuser, "--wal-method", "stream", "--checkpoint", "fast", "--no-sync", "--no-password",
                ],
                InstanceDirectory(cluster, instance));
            Directory.Move(unfinished, data);
        }
        var signal = Path.Combine(data, "standby.signal");
        await File.WriteAllBytesAsync(signal, []);
        Give(signal, writer.Installation.User);
    }

    /// <summary>The last instance goes; the cluster keeps its data.</summary>
    public void KeepVolume(Cluster cluster, Instance instance)
    {
        var data = DataDirectory(cluster, instance);
        if (File.Exists(Path.Combine(data, "PG_VERSION")))
            Directory.Move(data, Volume(cluster));
    }

    public void Remove(Cluster cluster, Instance instance)
    {
        Remove(InstanceDirectory(cluster, instance));
        Remove(SocketDirectory(instance));
    }

    public void Remove(Cluster cluster) => Remove(ClusterDirectory(cluster));

    public void RemoveAll() => Remove(directory.Clusters);

    private static string Short(string resourceId) => resourceId[^12..].ToLowerInvariant();

    private string Volume(Cluster cluster) => Path.Combine(ClusterDirectory(cluster), "volume");

    private void Make(Cluster cluster, Instance instance, PostgresInstallation installation)
    {
        Directory.CreateDirectory(ClusterDirectory(cluster), Passable);
        Give(ClusterDirectory(cluster), installation.User);
        Directory.CreateDirectory(InstanceDirectory(cluster, instance), Passable);
        Give(InstanceDirectory(cluster, instance), installation.User);
        Directory.CreateDirectory(SocketDirectory(instance), Passable);
        Give(SocketDirectory(instance), installation.User);
    }

    private static void Give(string path, ChildUser? user)
    {
        if (user is not null && LibC.ChangeOwner(path, user.UserId, user.GroupId) != 0)
            throw new PostgresServerException($"{path} cannot be given to the user {user.Name}.");
    }

    private static void Remove(string path)
    {
        if (Directory.Exists(path))
            Directory.Delete(path, recursive: true);
    }
}
