using Daybreak.Aws;
using Daybreak.Bridge.Http;

namespace Daybreak.Bridge.Invocation;

/// <summary>
/// The endpoint of a service: that of the settings (aws_lambda.endpoint_override, aws_s3.endpoint_url), otherwise
/// AWS_ENDPOINT_URL_<c>SERVICE</c>, AWS_ENDPOINT_URL or the profile's, otherwise the Region's in the variant that is wanted.
/// </summary>
/// <param name="Endpoint">Host and port.</param>
/// <param name="PathPrefix">Path of an override, without a final slash; empty for AWS.</param>
public sealed record EndpointChoice(HttpEndpoint Endpoint, string PathPrefix)
{
    /// <param name="service"><c>lambda</c>, <c>sts</c>, <c>s3</c></param>
    /// <exception cref="InvocationException">LM006: the override is not an address, or a variant is wanted as well.</exception>
    public static EndpointChoice Choose(
        string service,
        string? overrideSetting,
        string? ofEnvironment,
        AwsRegion region,
        EndpointVariant variant = default
    )
    {
        if (!string.IsNullOrEmpty(overrideSetting))
            return Parse(overrideSetting, service == "s3" ? "aws_s3.endpoint_url" : "aws_lambda.endpoint_override", variant);
        if (!string.IsNullOrEmpty(ofEnvironment))
            return Parse(ofEnvironment, "The endpoint URL of the environment or profile", variant);
        return new(new(Tls: true, region.Endpoint(service, variant).Host, 443), "");
    }

    private static EndpointChoice Parse(string text, string source, EndpointVariant variant)
    {
        // In the words of the SDKs' endpoint rules.
        if (variant != default)
            throw InvocationFailures.WrongArgument(
                $"Invalid Configuration: {(variant.Fips ? "FIPS" : "Dualstack")} and custom endpoint are not supported.",
                $"{source} names an endpoint while {(variant.Fips ? "AWS_USE_FIPS_ENDPOINT" : "AWS_USE_DUALSTACK_ENDPOINT")} (or the "
                    + $"profile's {(variant.Fips ? "use_fips_endpoint" : "use_dualstack_endpoint")}) is true: leave one of them out."
            );
        var withScheme = text.Contains("://", StringComparison.Ordinal) ? text : "https://" + text;
        if (
            !Uri.TryCreate(withScheme, UriKind.Absolute, out var uri)
            || uri.Scheme is not ("http" or "https")
            || uri.UserInfo.Length > 0
            || uri.Query.Length > 0
            || uri.Fragment.Length > 0
            || uri.IdnHost.Length == 0
        )
            throw InvocationFailures.WrongArgument(
                $"{source} is not the address of an endpoint.",
                "It is https://host, http://host:port or a host name, without user, query or fragment."
            );
        return new(new(uri.Scheme == "https", uri.IdnHost.Trim('[', ']'), uri.Port), uri.AbsolutePath.TrimEnd('/'));
    }
}
