using Daybreak.Aws;
using Daybreak.Bridge.Credentials;

namespace Daybreak.Bridge.Invocation;

/// <summary>The endpoint that the environment or the profile names for a service.</summary>
/// <param name="Url">Exactly as configured.</param>
/// <param name="Source">The variable that names it, or the profile.</param>
public sealed record ConfiguredEndpoint(string Url, string Source)
{
    /// <summary>Returns null when there is none.</summary>
    /// <param name="service"><c>lambda</c>, <c>sts</c>, <c>s3</c></param>
    /// <param name="profile">Reads the profile; null: there is none.</param>
    public static ConfiguredEndpoint? Find(string service, Func<string, string?> variable, Func<AwsProfile>? profile)
    {
        if (string.Equals(variable("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"), "true", StringComparison.OrdinalIgnoreCase))
            return null;
        foreach (var name in (string[])[$"AWS_ENDPOINT_URL_{service.ToUpperInvariant()}", "AWS_ENDPOINT_URL"])
            if (variable(name) is { } url && !string.IsNullOrWhiteSpace(url))
                return new(url, name);
        return profile?.Invoke().EndpointOf(service) is { } named ? new(named, "the profile") : null;
    }

    /// <summary>Which variant of a Region's endpoints is wanted: by the variables, else by the profile.</summary>
    public static EndpointVariant FindVariant(Func<string, string?> variable, Func<AwsProfile>? profile)
    {
        var read = profile?.Invoke();
        return new(IsOn("use_fips_endpoint"), IsOn("use_dualstack_endpoint"));

        bool IsOn(string key)
        {
            var given = variable($"AWS_{key.ToUpperInvariant()}");
            return string.Equals(
                (string.IsNullOrWhiteSpace(given) ? read?[key] : given)?.Trim(),
                "true",
                StringComparison.OrdinalIgnoreCase
            );
        }
    }
}
