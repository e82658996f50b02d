using Daybreak.Aws;

namespace Daybreak.Cloud.FrontDoor.Authentication;

/// <summary>An access key and whose it is.</summary>
/// <param name="Credentials">
/// With a session token, requests must send that very token; with an expiration, they are refused from then on.
/// </param>
public sealed record AccessKey(AwsCredentials Credentials, Caller Caller);
