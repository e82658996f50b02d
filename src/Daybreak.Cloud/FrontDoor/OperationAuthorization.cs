using Daybreak.Cloud.Policy;

namespace Daybreak.Cloud.FrontDoor;

/// <summary>What decides about an operation besides its action, its resource and the caller's own policies.</summary>
public sealed record OperationAuthorization
{
    public static readonly OperationAuthorization Default = new();

    /// <summary>Everybody with valid credentials may, and no policy can deny it.</summary>
    public static readonly OperationAuthorization Open = new() { IsOpen = true };

    public bool IsOpen { get; private init; }

    /// <summary>Whether a denial ends before its "because".</summary>
    public bool HidesReason { get; private init; }

    /// <summary>Whether the policy of the resource counts.</summary>
    public bool HasResourcePolicy => Policy is not null;

    private Func<object, OperationContext, IContextKeys>? Keys { get; init; }

    private Func<object, OperationContext, AttachedPolicy?>? Policy { get; init; }

    private Func<object, OperationContext, IEnumerable<ResourcePermission>>? All { get; init; }

    /// <param name="keys">Context keys that only this service has.</param>
    /// <param name="resourcePolicy">The policy of the resource that the request names; null when it has none.</param>
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

    /// <summary>For operations that need more than one permission: all of them, in the order in which AWS asks.</summary>
    public static OperationAuthorization OfAll<TRequest>(Func<TRequest, OperationContext, IEnumerable<ResourcePermission>> all)
        where TRequest : class => new() { All = (request, context) => all((TRequest)request, context) };

    /// <summary>The permissions that a request needs; null where it is the one of the operation's resource.</summary>
    public IEnumerable<ResourcePermission>? Permissions(object request, OperationContext context) => All?.Invoke(request, context);

    public IContextKeys ContextKeys(object request, OperationContext context) =>
        Keys?.Invoke(request, context) ?? Daybreak.Cloud.Policy.ContextKeys.None;

    public AttachedPolicy? ResourcePolicy(object request, OperationContext context) => Policy?.Invoke(request, context);
}
