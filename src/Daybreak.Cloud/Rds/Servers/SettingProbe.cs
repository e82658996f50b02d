using Daybreak.Cloud.Postgres;
using Daybreak.Cloud.Rds.ParameterGroups;

namespace Daybreak.Cloud.Rds.Servers;

/// <summary>
/// Asks PostgreSQL itself whether a setting can have a value, in the form of its own configuration file. Many settings have further rules
/// than type and range (<c>DateStyle</c>, <c>search_path</c>, <c>max_stack_depth</c>).
/// </summary>
internal static class SettingProbe
{
    /// <summary>Settings whose values the server spells differently.</summary>
    private static readonly string[] Respelled = ["DateStyle", "client_encoding"];

    /// <returns>False when the server would not start with it, or would have another value, such as one cut to the length of a name or
    /// without accents.</returns>
    public static async Task<bool> TakesAsync(ServerTemplate template, ParameterDefinition parameter, string value)
    {
        var name = parameter.Name;
        var file = Path.Combine(Path.GetDirectoryName(template.DataDirectory)!, $"probe-{Guid.NewGuid():n}.conf");
        try
        {
            await PostgresDataDirectory.WriteForAsync(template.Installation, file, ConfigurationFile.Line(name, value));
            var shown = await template.Installation.RunAsync(
                "postgres",
                ["-C", name, "-D", template.DataDirectory, $"--config-file={file}"],
                "/"
            );
            return parameter.IsNumber || shown == value.Trim() || Respelled.Contains(name, StringComparer.OrdinalIgnoreCase);
        }
        catch (PostgresServerException)
        {
            return false;
        }
        finally
        {
            File.Delete(file);
        }
    }
}
