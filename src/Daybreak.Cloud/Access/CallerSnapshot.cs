using Daybreak.Cloud.FrontDoor.Authentication;
using Daybreak.Cloud.Policy;

namespace Daybreak.Cloud.Access;

/// <summary>All that decides about the requests of one access key, as of one version of the state.</summary>
/// <param name="Keys">Context keys of the session and of the caller's tags.</param>
public sealed record CallerSnapshot(AccessKey Key, PrincipalPolicies Policies, IContextKeys Keys);
