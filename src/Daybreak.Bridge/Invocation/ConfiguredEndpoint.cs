namespace Daybreak.Bridge.Invocation;

/// <summary>The endpoint that the environment or the profile names for a service.</summary>
/// <param name="Url">Exactly as configured.</param>
/// <param name="Source">The variable that names it, or the profile.</param>
public sealed record ConfiguredEndpoint(string Url, string Source)
{
    /// <summary>Returns null when there is none.</summary>
    /// <param name="service"><c>lambda</c>, <c>sts</c></param>
    /// <param name="ofProfile">Returns the profile's endpoint of a service.</param>
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
