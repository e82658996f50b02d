using Daybreak.Cloud.Policy;

namespace Daybreak.Cloud.FrontDoor;

/// <summary>One of several permissions that a request needs.</summary>
/// <param name="Resource">An ARN, or <c>*</c>.</param>
/// <param name="Keys">Context keys of this resource.</param>
/// <param name="Action">Without the service; null: the operation's own.</param>
public sealed record ResourcePermission(string Resource, IContextKeys Keys, string? Action = null);
