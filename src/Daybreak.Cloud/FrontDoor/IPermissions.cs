using Daybreak.Cloud.Policy;

namespace Daybreak.Cloud.FrontDoor;

/// <summary>For operations that need more than the one permission the front door asks for: <c>iam:PassRole</c> and the like.</summary>
public interface IPermissions
{
    /// <summary>AWS's sentence that denies the caller <paramref name="action"/>; null when it is allowed.</summary>
    string? Denial(
        OperationContext context,
        ServiceAction action,
        string resource,
        IContextKeys keys,
        AttachedPolicy? resourcePolicy = null
    );
}
