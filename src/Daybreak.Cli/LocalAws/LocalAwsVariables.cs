namespace Daybreak.Cli.LocalAws;

/// <summary>Environment variables with which any AWS client uses a local AWS.</summary>
internal static class LocalAwsVariables
{
    public const string Region = "us-east-1";

    /// <summary>
    /// The administrator's access key and secret of the local account. They are no secret, since the endpoint serves only this machine.
    /// </summary>
    public const string AccessKey = "test";

    // Variables that would make a client use other keys, or send them to another address.
    private static readonly string[] Foreign =
    [
        "AWS_PROFILE",
        "AWS_DEFAULT_PROFILE",
        "AWS_SESSION_TOKEN",
        "AWS_SECURITY_TOKEN",
        "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
        "AWS_USE_FIPS_ENDPOINT",
        "AWS_USE_DUALSTACK_ENDPOINT",
    ];

    /// <summary>
    /// Returns the environment for a client of the local AWS. If the shell already uses a local AWS, its Region and keys are kept, which
    /// may be a role's; those of any other shell are for another AWS and are removed.
    /// </summary>
    public static Dictionary<string, string> Over(Uri endpoint, IReadOnlyDictionary<string, string> shell)
    {
        var pointsHere =
            shell.TryGetValue("AWS_ENDPOINT_URL", out var url)
            && Uri.TryCreate(url, UriKind.Absolute, out var given)
            && given.IsLoopback
            && given.Port == endpoint.Port;
        var result = pointsHere ? new Dictionary<string, string>(shell) : shell.Where(pair => !Foreign.Contains(pair.Key)).ToDictionary();
        foreach (var (name, value) in For(endpoint))
        {
            if (!pointsHere || (!result.ContainsKey(name) && !result.ContainsKey("AWS_PROFILE")))
                result[name] = value;
        }

        return result;
    }

    public static IEnumerable<(string Name, string Value)> For(Uri endpoint) =>
        [
            ("AWS_ENDPOINT_URL", endpoint.GetLeftPart(UriPartial.Authority)),
            ("AWS_REGION", Region),
            ("AWS_DEFAULT_REGION", Region),
            ("AWS_ACCESS_KEY_ID", AccessKey),
            ("AWS_SECRET_ACCESS_KEY", AccessKey),
        ];
}
