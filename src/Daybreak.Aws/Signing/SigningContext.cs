namespace Daybreak.Aws.Signing;

/// <summary>The key, scope and time of a signature.</summary>
/// <param name="Service">Signing name: <c>lambda</c>, <c>sts</c>, <c>logs</c>.</param>
public sealed record SigningContext(AwsCredentials Credentials, string Region, string Service, DateTimeOffset Time)
{
    public PathEncoding PathEncoding { get; init; } = PathEncoding.Normalized;

    /// <summary>Whether to add and sign the header x-amz-content-sha256.</summary>
    public bool SendPayloadHash { get; init; }

    /// <summary>Whether to send the session token unsigned, as a few services once required. The local AWS refuses that.</summary>
    public bool LeaveTokenUnsigned { get; init; }

    internal string Scope => $"{AmzDate.Format(Time)[..AmzDate.DayLength]}/{Region}/{Service}/aws4_request";
}
