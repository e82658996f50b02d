using Daybreak.Aws.Signing;

namespace Daybreak.Cloud.FrontDoor.Authentication;

/// <summary>Who a request claims to be from: the key is known and the signature well-formed, but not yet compared.</summary>
public sealed record ClaimedIdentity(SigV4Authorization Authorization, AccessKey Key);
