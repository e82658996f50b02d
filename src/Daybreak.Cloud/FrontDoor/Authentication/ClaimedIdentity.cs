using Daybreak.Aws.Signing;

namespace Daybreak.Cloud.FrontDoor.Authentication;

/// <summary>The claimed identity of a request: the key is known and the signature well-formed, but not yet verified.</summary>
public sealed record ClaimedIdentity(SigV4Authorization Authorization, AccessKey Key);
