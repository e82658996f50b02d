using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace Daybreak.Cloud.Rds.ParameterGroups;

/// <summary>The parameters of a family: those of the real server of that major, and those that only RDS has.</summary>
internal sealed class ParameterCatalog
{
    // The local AWS sets these: addresses, files, programs and trusted users of the server.
    private static readonly string[] Ours =
    [
        "allow_system_table_mods",
        "archive_cleanup_command",
        "archive_command",
        "archive_library",
        "archive_mode",
        "aws_lambda.bridge_environment_file",
        "aws_lambda.bridge_program",
        "aws_lambda.bridge_socket",
        "aws_lambda.hide_aws_environment",
        "bonjour",
        "bonjour_name",
        "cluster_name",
        "config_file",
        "data_directory",
        "data_directory_mode",
        "data_sync_retry",
        "db_user_namespace",
        "debug_assertions",
        "dynamic_library_path",
        "dynamic_shared_memory_type",
        "event_source",
        "external_pid_file",
        "fsync",
        "full_page_writes",
        "hba_file",
        "hot_standby",
        "ident_file",
        "ignore_invalid_pages",
        "ignore_system_indexes",
        "jit_provider",
        "krb_server_keyfile",
        "lc_messages",
        "listen_addresses",
        "local_preload_libraries",
        "log_destination",
        "log_directory",
        "log_file_mode",
        "log_filename",
        "logging_collector",
        "port",
        "post_auth_delay",
        "pre_auth_delay",
        "primary_conninfo",
        "primary_slot_name",
        "promote_trigger_file",
        "recovery_end_command",
        "recovery_target",
        "recovery_target_action",
        "recovery_target_inclusive",
        "recovery_target_lsn",
        "recovery_target_name",
        "recovery_target_time",
        "recovery_target_timeline",
        "recovery_target_xid",
        "restart_after_crash",
        "restore_command",
        "session_preload_libraries",
        "shared_memory_type",
        "ssl",
        "ssl_ca_file",
        "ssl_cert_file",
        "ssl_crl_dir",
        "ssl_crl_file",
        "ssl_dh_params_file",
        "ssl_key_file",
        "ssl_passphrase_command",
        "ssl_passphrase_command_supports_reload",
        "stats_temp_directory",
        "superuser_reserved_connections",
        "synchronous_standby_names",
        "syslog_facility",
        "syslog_ident",
        "unix_socket_directories",
        "unix_socket_group",
        "unix_socket_permissions",
        "zero_damaged_pages",
        "wal_level",
        "password_encryption",
        "transaction_deferrable",
        "transaction_isolation",
        "transaction_read_only",
        "allow_alter_system",
        "extension_control_path",
        "oauth_validator_libraries",
        "output_plugin_libraries",
        "cron.host",
        "cron.use_background_workers",
    ];

    /// <summary>RDS's minimums, where PostgreSQL would accept values with which a server does not start or has no readers.</summary>
    private static readonly Dictionary<string, string> Least = new() { ["max_connections"] = "6", ["max_wal_senders"] = "5" };

    public const string Extensions = "rds.extensions";

    /// <summary>
    /// Whether an instance of RDS for PostgreSQL resolves names that only its VPC's resolver knows: private DNS names of endpoints.
    /// </summary>
    public const string CustomDnsResolution = "rds.custom_dns_resolution";

    private readonly ImmutableSortedDictionary<string, ParameterDefinition> _byName;

    private ParameterCatalog(ImmutableSortedDictionary<string, ParameterDefinition> byName) => this._byName = byName;

    /// <summary>All parameters, sorted by name.</summary>
    public IEnumerable<ParameterDefinition> All => _byName.Values;

    /// <param name="name">Upper and lower case do not matter, as for PostgreSQL and RDS.</param>
    public ParameterDefinition? Find(string name) => _byName.GetValueOrDefault(name.ToLowerInvariant());

    /// <param name="rows">Lines of JSON, each a row of <c>pg_settings</c>.</param>
    /// <param name="extensions">Names of the extensions that the server has.</param>
    /// <param name="libraries">Names of its libraries that may be preloaded.</param>
    public static ParameterCatalog Read(IEnumerable<string> rows, IEnumerable<string> extensions, IEnumerable<string> libraries)
    {
        var settings = rows.Where(line => line.Length > 0)
            .Select(line => JsonSerializer.Deserialize(line, SettingRowJson.Default.SettingRow)!)
            .Where(row => row.Context != "internal" || row.Name is "server_version" or "block_size" or "wal_block_size")
            .Where(row => row.Name != "shared_preload_libraries" && !row.Name.StartsWith("rds.", StringComparison.Ordinal))
            .Select(OfServer);
        return new ParameterCatalog(
            settings
                .Concat(OfRds(extensions, libraries))
                .ToImmutableSortedDictionary(parameter => parameter.Name, parameter => parameter, StringComparer.Ordinal)
        );
    }

    /// <summary>Adds the parameters that RDS for PostgreSQL has and Aurora does not.</summary>
    public ParameterCatalog ForPostgres() =>
        new(_byName.SetItem(CustomDnsResolution, Switch(CustomDnsResolution, "Enables DNS resolution from customer VPC.", isStatic: true)));

    private static ParameterDefinition OfServer(SettingRow row)
    {
        var type = row.Type switch
        {
            "bool" => "boolean",
            "real" => "float",
            "integer" => "integer",
            _ => "string",
        };
        var minimum = Least.GetValueOrDefault(row.Name) ?? row.Minimum;
        var values = type == "boolean" ? ["0", "1"] : row.Values ?? [];
        return new ParameterDefinition
        {
            Name = row.Name.ToLowerInvariant(), // RDS says timezone where PostgreSQL says TimeZone
            Description = row.Description ?? "",
            DataType = type,
            IsStatic = row.Context is "postmaster" or "internal",
            IsModifiable = row.Context != "internal" && Array.IndexOf(Ours, row.Name) < 0,
            Default =
                type == "boolean"
                    ? row.Default switch
                    {
                        "on" => "1",
                        "off" => "0",
                        var other => other,
                    }
                : row.Default is "" ? null
                : row.Default,
            AllowedValues =
                values.Count > 0 ? string.Join(',', values)
                : minimum is not null ? $"{minimum}-{row.Maximum}"
                : null,
            Minimum = Number(minimum),
            Maximum = Number(row.Maximum),
            Values = values,
        };
    }

    private static IEnumerable<ParameterDefinition> OfRds(IEnumerable<string> extensions, IEnumerable<string> libraries)
    {
        string[] offered = [.. libraries.Order(StringComparer.Ordinal)];
        yield return new ParameterDefinition
        {
            Name = "shared_preload_libraries",
            Description = "Lists shared libraries to preload into server.",
            DataType = "list",
            IsStatic = true,
            IsModifiable = true,
            AllowedValues = string.Join(',', offered),
            Values = offered,
        };
        yield return new ParameterDefinition
        {
            Name = Extensions,
            Description = "List of extensions provided by RDS",
            DataType = "string",
            IsStatic = true,
            IsModifiable = false,
            Default = string.Join(", ", extensions.Order(StringComparer.Ordinal)),
        };
        yield return Switch("rds.force_ssl", "Force SSL connections.", isStatic: false);
        yield return Switch("rds.logical_replication", "Enables logical decoding.", isStatic: true);
    }

    private static ParameterDefinition Switch(string name, string description, bool isStatic) =>
        new()
        {
            Name = name,
            Description = description,
            DataType = "boolean",
            IsStatic = isStatic,
            IsModifiable = true,
            Default = "0",
            AllowedValues = "0,1",
            Values = ["0", "1"],
        };

    private static double? Number(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}
