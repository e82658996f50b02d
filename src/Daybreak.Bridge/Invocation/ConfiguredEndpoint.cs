namespace Daybreak.Bridge.Invocation;

/// <summary>The endpoint that the surroundings name for a service.</summary>
/// <param name="Url">As it stands there.</param>
/// <param name="Source">Which variable it is, or the profile.</param>
public sealed record ConfiguredEndpoint(string Url, string Source)
{
    /// <summary>Null where they name none.</summary>
    /// <param name="service"><c>lambda</c>, <c>sts</c></param>
    /// <param name="ofProfile">The profile's, by service.</param>
    public static ConfiguredEndpoint? Find(string service, Func<string, string?> variable, Func<string, string?>? ofProfile)
    {
        if (string.Equals(variable("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"), "true", StringComparison.OrdinalIgnoreCase))
            return null;
        foreach (var name in (string[])[$"AWS_ENDPOINT_URL_{service.ToUpperInvariant()}", "AWS_ENDPOINT_URL"])
            if (variable(name) is { } url && !string.IsNullOrWhiteSpace(url))
                return new(url, name);
        return ofProfile?.Invoke(service) is { } named ? new(named, "the profile") : null;
    }
}
