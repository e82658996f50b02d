using Daybreak.Cloud.Policy;

namespace Daybreak.Cloud.FrontDoor;

/// <summary>One of several permissions that a request needs.</summary>
/// <param name="Resource">An ARN, or <c>*</c>.</param>
/// <param name="Keys">Context keys of this resource.</param>
/// <param name="Action">Without the service; null: the operation's own.</param>
public sealed record ResourcePermission(string Resource, IContextKeys Keys, string? Action = null)
{
    /// <summary>The account that owns the resource, where it is not that of the ARN.</summary>
    public string? Account { get; init; }

    /// <summary>The policy of the resource; null: it has none.</summary>
    public AttachedPolicy? Policy { get; init; }
}
