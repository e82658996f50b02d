namespace Daybreak.Bridge.Credentials;

/// <summary>
/// Settings of the AWS profile. They are read here, because the SDK reads them only for the clients of its own services.
/// <see href="https://docs.aws.amazon.com/sdkref/latest/guide/settings-reference.html"/>
/// </summary>
public sealed class AwsProfile
{
    private const string Endpoint = "endpoint_url";

    private readonly IReadOnlyList<string> _config;
    private readonly Dictionary<string, string> _settings;

    /// <param name="config">Lines of the config file, where profiles are <c>[default]</c> and <c>[profile NAME]</c>.</param>
    /// <param name="credentials">Lines of the credentials file, where they are <c>[NAME]</c>; this file takes precedence.</param>
    /// <param name="name">The profile's name.</param>
    public AwsProfile(IReadOnlyList<string> config, IReadOnlyList<string> credentials, string name)
    {
        _config = config;
        _settings = SettingsOf(config, $"profile {name}");
        if (name == "default")
            Merge(_settings, SettingsOf(config, name));
        Merge(_settings, SettingsOf(credentials, name));
    }

    /// <summary>A setting of the profile itself; null when it is not there.</summary>
    public string? this[string key] => Given(_settings.GetValueOrDefault(key));

    /// <summary>The profile that the environment chooses, as its files are now.</summary>
    /// <param name="variable">Reads an environment variable; null when it is not set.</param>
    public static AwsProfile Read(Func<string, string?> variable)
    {
        var files = new AwsFiles(variable);
        return new(Lines(files.Config), Lines(files.Credentials), files.Profile);
    }

    /// <summary>
    /// <c>endpoint_url</c> of the service in the profile's services section, otherwise <c>endpoint_url</c> of the profile; none with
    /// <c>ignore_configured_endpoint_urls</c>. <see href="https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html"/>
    /// </summary>
    /// <param name="service"><c>lambda</c>, <c>sts</c></param>
    public string? EndpointOf(string service)
    {
        if (string.Equals(this["ignore_configured_endpoint_urls"], "true", StringComparison.OrdinalIgnoreCase))
            return null;
        var ofService = this["services"] is { } services
            ? Given(SettingsOf(_config, $"services {services}").GetValueOrDefault($"{service}.{Endpoint}"))
            : null;
        return ofService ?? this[Endpoint];
    }

    /// <summary>The settings of a section. One that is indented below <c>name =</c> is called <c>name.setting</c>.</summary>
    private static Dictionary<string, string> SettingsOf(IReadOnlyList<string> lines, string section)
    {
        var settings = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var (inside, parent) = (false, "");
        foreach (var line in lines)
        {
            var text = line.Trim();
            if (text.Length == 0 || text[0] is '#' or ';')
                continue;
            if (text[0] == '[')
            {
                var name = string.Join(' ', text.TrimStart('[').Split(']')[0].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
                (inside, parent) = (name == section, "");
                continue;
            }
            if (!inside || text.IndexOf('=', StringComparison.Ordinal) is not (> 0 and var equals))
                continue;
            var (key, value) = (text[..equals].TrimEnd(), text[(equals + 1)..].TrimStart());
            var indented = char.IsWhiteSpace(line[0]);
            if (!indented)
                parent = value.Length == 0 ? key : "";
            settings[indented && parent.Length > 0 ? $"{parent}.{key}" : key] = value;
        }
        return settings;
    }

    private static void Merge(Dictionary<string, string> into, Dictionary<string, string> from)
    {
        foreach (var (key, value) in from)
            into[key] = value;
    }

    private static string[] Lines(string file)
    {
        try
        {
            return File.Exists(file) ? File.ReadAllLines(file) : [];
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
