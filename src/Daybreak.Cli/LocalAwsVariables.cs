using Daybreak.Cloud.Sts;

namespace Daybreak.Cli;

/// <summary>Environment variables under which any AWS client works against a local AWS.</summary>
internal static class LocalAwsVariables
{
    public const string Region = "us-east-1";

    /// <summary>The root pair of the local account; no secret, since the endpoint serves this machine only.</summary>
    public const string AccessKey = "test";

    public static IEnumerable<(string Name, string Value)> For(Uri endpoint) =>
    [
        .. Place(endpoint),
        ("AWS_ACCESS_KEY_ID", AccessKey),
        ("AWS_SECRET_ACCESS_KEY", AccessKey),
    ];

    /// <summary>The same for a server that acts in a role: instead of keys, where to get them.</summary>
    public static IEnumerable<(string Name, string Value)> InRole(Uri endpoint, string token) =>
    [
        .. Place(endpoint),
        ("AWS_CONTAINER_CREDENTIALS_FULL_URI", new Uri(endpoint, ContainerCredentials.Path).ToString()),
        ("AWS_CONTAINER_AUTHORIZATION_TOKEN", token),
    ];

    private static (string Name, string Value)[] Place(Uri endpoint) =>
    [
        ("AWS_ENDPOINT_URL", endpoint.GetLeftPart(UriPartial.Authority)),
        ("AWS_REGION", Region),
        ("AWS_DEFAULT_REGION", Region),
    ];
}
