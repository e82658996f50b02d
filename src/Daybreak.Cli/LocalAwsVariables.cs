namespace Daybreak.Cli;

/// <summary>Environment variables under which any AWS client works against a local AWS.</summary>
internal static class LocalAwsVariables
{
    public const string Region = "us-east-1";

    /// <summary>The administrator's pair of the local account; no secret, since the endpoint serves this machine only.</summary>
    public const string AccessKey = "test";

    public static IEnumerable<(string Name, string Value)> For(Uri endpoint) =>
    [
        ("AWS_ENDPOINT_URL", endpoint.GetLeftPart(UriPartial.Authority)),
        ("AWS_REGION", Region),
        ("AWS_DEFAULT_REGION", Region),
        ("AWS_ACCESS_KEY_ID", AccessKey),
        ("AWS_SECRET_ACCESS_KEY", AccessKey),
    ];
}
