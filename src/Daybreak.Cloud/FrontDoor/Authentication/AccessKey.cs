using Daybreak.Aws;

namespace Daybreak.Cloud.FrontDoor.Authentication;

/// <summary>An access key and its owner.</summary>
/// <param name="Credentials">With a session token, requests must send that token; with an expiration, they are refused after it.</param>
public sealed record AccessKey(AwsCredentials Credentials, Caller Caller);
