using Daybreak.Cloud.FrontDoor.Authentication;
using Daybreak.Cloud.Policy;

namespace Daybreak.Cloud.Access;

/// <summary>The inputs for decisions about requests of one access key, at one version of the state.</summary>
/// <param name="Keys">Context keys of the session and of the caller's tags.</param>
public sealed record CallerSnapshot(AccessKey Key, PrincipalPolicies Policies, IContextKeys Keys);
