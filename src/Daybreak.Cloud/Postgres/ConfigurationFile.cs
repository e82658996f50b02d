namespace Daybreak.Cloud.Postgres;

/// <summary>The syntax of settings in <c>postgresql.conf</c> (src/backend/utils/misc/guc-file.l).</summary>
internal static class ConfigurationFile
{
    /// <summary>
    /// Returns the line for a setting, which the server reads back as exactly <paramref name="value"/>. No value contains control
    /// characters.
    /// </summary>
    public static string Line(string name, string value) =>
        $"{name} = '{value.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal)}'\n";

    /// <summary>Returns a keyword of a connection string such as <c>primary_conninfo</c>, with its value.</summary>
    public static string Connection(string keyword, string value) =>
        $"{keyword}='{value.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("'", @"\'", StringComparison.Ordinal)}'";
}
