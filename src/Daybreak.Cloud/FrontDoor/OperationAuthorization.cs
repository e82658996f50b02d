using Daybreak.Cloud.Policy;

namespace Daybreak.Cloud.FrontDoor;

/// <summary>The authorization of an operation, in addition to its action, its resource and the caller's own policies.</summary>
public sealed record OperationAuthorization
{
    public static readonly OperationAuthorization Default = new();

    /// <summary>Every caller with valid credentials may call it, and no policy can deny it.</summary>
    public static readonly OperationAuthorization Open = new() { IsOpen = true };

    public bool IsOpen { get; private init; }

    /// <summary>Whether a denial omits the part from "because" on.</summary>
    public bool HidesReason { get; private init; }

    /// <summary>Whether the resource's policy also decides.</summary>
    public bool HasResourcePolicy => Policy is not null;

    private Func<object, OperationContext, IContextKeys>? Keys { get; init; }

    private Func<object, OperationContext, AttachedPolicy?>? Policy { get; init; }

    private Func<object, OperationContext, IEnumerable<ResourcePermission>>? All { get; init; }

    /// <param name="keys">Returns context keys that only this service has.</param>
    /// <param name="resourcePolicy">Returns the policy of the requested resource; null when it has none.</param>
    public static OperationAuthorization Of<TRequest>(
        Func<TRequest, OperationContext, IContextKeys>? keys = null,
        Func<TRequest, OperationContext, AttachedPolicy?>? resourcePolicy = null,
        bool hidesReason = false
    )
        where TRequest : class =>
        new()
        {
            HidesReason = hidesReason,
            Keys = keys is null ? null : (request, context) => keys((TRequest)request, context),
            Policy = resourcePolicy is null ? null : (request, context) => resourcePolicy((TRequest)request, context),
        };

    /// <summary>For operations that need several permissions: all of them, in the order in which AWS checks them.</summary>
    public static OperationAuthorization OfAll<TRequest>(Func<TRequest, OperationContext, IEnumerable<ResourcePermission>> all)
        where TRequest : class => new() { All = (request, context) => all((TRequest)request, context) };

    /// <summary>Returns the permissions that a request needs; null when it is only the one for the operation's resource.</summary>
    public IEnumerable<ResourcePermission>? Permissions(object request, OperationContext context) => All?.Invoke(request, context);

    public IContextKeys ContextKeys(object request, OperationContext context) =>
        Keys?.Invoke(request, context) ?? Daybreak.Cloud.Policy.ContextKeys.None;

    public AttachedPolicy? ResourcePolicy(object request, OperationContext context) => Policy?.Invoke(request, context);
}
