using Daybreak.Aws;
using Daybreak.Bridge.Http;

namespace Daybreak.Bridge.Invocation;

/// <summary>
/// The endpoint of the Invoke API: the setting aws_lambda.endpoint_override, otherwise AWS_ENDPOINT_URL_LAMBDA, AWS_ENDPOINT_URL or the
/// profile's, otherwise the Region's.
/// </summary>
/// <param name="Endpoint">Host and port.</param>
/// <param name="PathPrefix">Path of an override, without a final slash; empty for AWS.</param>
public sealed record EndpointChoice(HttpEndpoint Endpoint, string PathPrefix)
{
    /// <exception cref="InvocationException">LM006: the override is not an address.</exception>
    public static EndpointChoice Choose(string? overrideSetting, string? ofEnvironment, AwsRegion region)
    {
        if (!string.IsNullOrEmpty(overrideSetting))
            return Parse(overrideSetting, "aws_lambda.endpoint_override");
        if (!string.IsNullOrEmpty(ofEnvironment))
            return Parse(ofEnvironment, "The endpoint URL of the environment or profile");
        return new(new(Tls: true, region.Endpoint("lambda").Host, 443), "");
    }

    private static EndpointChoice Parse(string text, string source)
    {
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
