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

    /// <summary>Where the data of a cluster lies while it has no instance.</summary>
    public string Volume(Cluster cluster) => Path.Combine(ClusterDirectory(cluster), "volume");

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
        await FillAsync(data, unfinished => CopyAsync(template.Installation, template.DataDirectory, unfinished));
    }

    /// <summary>A reader's data: a copy of the running writer's, made anew unless <paramref name="keep"/>.</summary>
    public async Task PrepareReaderAsync(Cluster cluster, Instance instance, PostgresServer writer, bool keep)
    {
        Make(cluster, instance, writer.Installation);
        var data = DataDirectory(cluster, instance);
        if (!keep || !File.Exists(Path.Combine(data, "PG_VERSION")))
        {
            Remove(data);
            await FillAsync(data, unfinished => BackUpAsync(writer, unfinished, InstanceDirectory(cluster, instance)));
        }
        var signal = Path.Combine(data, "standby.signal");
        await File.WriteAllBytesAsync(signal, []);
        Give(signal, writer.Installation.User);
    }

    /// <summary>Makes a directory under another name until it is whole; what cannot be made whole does not stay.</summary>
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

    public static async Task CopyAsync(PostgresInstallation installation, string from, string to, CancellationToken cancellation = default) =>
        await installation.RunAsync("/bin/cp", ["-a", "--reflink=auto", from, to], "/", cancellation: cancellation);

    /// <summary>Copies the data of a running server to a directory that is not there yet.</summary>
    public static Task BackUpAsync(PostgresServer server, string target, string workingDirectory, CancellationToken cancellation = default) =>
        server.Installation.RunAsync(
            "pg_basebackup",
            [
                "--pgdata", target, "--host", server.Options.SocketDirectory, "--port", $"{server.Options.Port}", "--username",
                server.Options.Superuser, "--wal-method", "stream", "--checkpoint", "fast", "--no-sync", "--no-password",
            ],
            workingDirectory,
            cancellation: cancellation);

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

    public static string Short(string resourceId) => resourceId[^12..].ToLowerInvariant();

    /// <summary>Makes the cluster's directory, where its servers' user may write.</summary>
    public void Make(Cluster cluster, PostgresInstallation installation) => MakeFor(installation.User, ClusterDirectory(cluster));

    /// <summary>A directory that the servers' user owns, and others may pass through.</summary>
    public static void MakeFor(ChildUser? user, string path)
    {
        Directory.CreateDirectory(path, Passable);
        Give(path, user);
    }

    private void Make(Cluster cluster, Instance instance, PostgresInstallation installation)
    {
        Make(cluster, installation);
        MakeFor(installation.User, InstanceDirectory(cluster, instance));
        MakeFor(installation.User, SocketDirectory(instance));
    }

    private static void Give(string path, ChildUser? user)
    {
        if (user is not null && LibC.ChangeOwner(path, user.UserId, user.GroupId) != 0)
            throw new PostgresServerException($"{path} cannot be given to the user {user.Name}.");
    }

    public static void Remove(string path)
    {
        if (Directory.Exists(path))
            Directory.Delete(path, recursive: true);
    }
}
