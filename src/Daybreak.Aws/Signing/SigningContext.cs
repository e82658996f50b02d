namespace Daybreak.Aws.Signing;

/// <summary>Who signs, for what, and when.</summary>
/// <param name="Service">Signing name: <c>lambda</c>, <c>sts</c>, <c>logs</c>.</param>
public sealed record SigningContext(AwsCredentials Credentials, string Region, string Service, DateTimeOffset Time)
{
    public PathEncoding PathEncoding { get; init; } = PathEncoding.Normalized;

    /// <summary>Adds and signs the header x-amz-content-sha256.</summary>
    public bool SendPayloadHash { get; init; }

    /// <summary>Sends the session token without signing it, as a few services once wanted. The local AWS refuses that.</summary>
    public bool LeaveTokenUnsigned { get; init; }

    internal string Scope => $"{AmzDate.Format(Time)[..AmzDate.DayLength]}/{Region}/{Service}/aws4_request";
}
