using System.Collections.Immutable;
using Daybreak.Cloud.Rds.Instances;
using Daybreak.Cloud.Rds.ParameterGroups;

namespace Daybreak.Cloud.Rds.Servers;

/// <summary>
/// Determines a server's settings: those of the instance's group override those of the cluster's group, which override ours.
/// </summary>
internal static class ServerSettings
{
    /// <summary>
    /// Returns a group's values that take effect only at the next start: static parameters, and values with the method pending-reboot.
    /// </summary>
    public static IReadOnlyDictionary<string, string> Deferred(ParameterGroup group, ParameterCatalog catalog) =>
        new SortedDictionary<string, string>(
            group
                .Values.Where(value => IsDeferred(value.Key, value.Value, catalog))
                .ToDictionary(value => value.Key, value => value.Value.Value),
            StringComparer.Ordinal
        );

    /// <summary>Returns the settings of a server that was started with <paramref name="started"/>, as in postgresql.conf.</summary>
    public static ImmutableSortedDictionary<string, string> Of(
        StartedWith started,
        ParameterGroup clusterGroup,
        ParameterGroup instanceGroup,
        ParameterCatalog catalog,
        IEnumerable<string> ownLibraries
    )
    {
        var settings = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        settings["log_line_prefix"] = "%t:%r:%u@%d:[%p]:";
        settings["max_wal_senders"] = "20";
        settings["wal_keep_size"] = "256MB";
        settings["wal_retrieve_retry_interval"] = "100ms"; // so that readers reconnect at once to a restarted writer
        foreach (var (deferred, group) in new[] { (started.ClusterGroup, clusterGroup), (started.InstanceGroup, instanceGroup) })
        {
            foreach (var (name, value) in group.Values)
            {
                if (!IsDeferred(name, value, catalog))
                    settings[name] = value.Value;
            }
            foreach (var (name, value) in deferred)
                settings[name] = value;
        }
        if (settings.GetValueOrDefault("rds.logical_replication") == "1")
            settings["wal_level"] = "logical";
        if (catalog.Find("output_plugin_libraries") is not null) // earlier minors accept any plugin
            settings["output_plugin_libraries"] = "pgoutput, test_decoding, wal2json"; // RDS's list, whether or not the machine has them
        settings[ParameterCatalog.Extensions] = catalog.Find(ParameterCatalog.Extensions)?.Default ?? "";
        var libraries = settings.GetValueOrDefault("shared_preload_libraries") ?? "";
        if (libraries.Split(',').Any(static library => library.Trim() == "pg_cron"))
            settings["cron.use_background_workers"] = "on"; // as on RDS: a job connects as its user, not over a socket
        settings["shared_preload_libraries"] = string.Join(',', libraries.Length == 0 ? ownLibraries : ownLibraries.Append(libraries));
        return settings.ToImmutable();
    }

    /// <summary>Whether the server has to be restarted to use all of the group's values.</summary>
    public static bool IsPending(IReadOnlyDictionary<string, string> started, ParameterGroup group, ParameterCatalog catalog)
    {
        var wanted = Deferred(group, catalog);
        return wanted.Count != started.Count || wanted.Any(value => started.GetValueOrDefault(value.Key) != value.Value);
    }

    private static bool IsDeferred(string name, ParameterValue value, ParameterCatalog catalog) =>
        value.ApplyMethod == "pending-reboot" || catalog.Find(name) is not { IsStatic: false };
}
