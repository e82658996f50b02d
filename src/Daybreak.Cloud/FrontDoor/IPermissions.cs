using Daybreak.Cloud.Policy;

namespace Daybreak.Cloud.FrontDoor;

/// <summary>
/// Checks further permissions for operations that need more than the one the front door checks: <c>iam:PassRole</c> and the like.
/// </summary>
public interface IPermissions
{
    /// <summary>Returns AWS's message that denies the caller <paramref name="action"/>; null when it is allowed.</summary>
    string? Denial(
        OperationContext context,
        ServiceAction action,
        string resource,
        IContextKeys keys,
        AttachedPolicy? resourcePolicy = null
    );
}
