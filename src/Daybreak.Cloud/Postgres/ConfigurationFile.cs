namespace Daybreak.Cloud.Postgres;

/// <summary>What stands in <c>postgresql.conf</c> for a setting (src/backend/utils/misc/guc-file.l).</summary>
internal static class ConfigurationFile
{
    /// <summary>Setting a line, which the server reads back as exactly <paramref name="value"/>. No value has control characters.</summary>
    public static string Line(string name, string value) =>
        $"{name} = '{value.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal)}'\n";

    /// <summary>A keyword of a connection string such as <c>primary_conninfo</c>, with its value.</summary>
    public static string Connection(string keyword, string value) =>
        $"{keyword}='{value.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("'", @"\'", StringComparison.Ordinal)}'";
}
