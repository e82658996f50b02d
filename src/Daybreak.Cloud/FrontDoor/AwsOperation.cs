using System.Net;
using Daybreak.Aws;
using Daybreak.Cloud.FrontDoor.Shapes;
using Daybreak.Cloud.Policy;

namespace Daybreak.Cloud.FrontDoor;

/// <summary>One operation of an AWS API as the front door sees it: its name and place on the wire, its request and response, who may call
/// it, the method that runs it. <see cref="AwsOperation{TRequest, TResponse}"/> is the one that services make.</summary>
public abstract class AwsOperation(string name)
{
    /// <summary>As in the API reference: <c>CreateFunction</c>.</summary>
    public string Name { get; } = name;

    /// <summary>What a policy has to allow, without the service: mostly the name; <c>InvokeFunction</c> for Invoke.</summary>
    public string Action { get; init; } = name;

    /// <summary>HTTP method and path with {labels} for REST protocols: <c>POST /2015-03-31/functions</c>.</summary>
    public string Route { get; init; } = "POST /";

    public int SuccessStatus { get; init; } = 200;

    /// <summary>Greatest body in bytes.</summary>
    public long RequestLimit { get; init; } = 1024 * 1024;

    /// <summary>The error for a body of more bytes than <see cref="RequestLimit"/>.</summary>
    public Func<AwsRequest, long, AwsException> TooLarge { get; init; } =
        static (_, length) =>
            AwsException.Sender(
                "RequestEntityTooLargeException",
                $"Request of {length} bytes is too large",
                HttpStatusCode.RequestEntityTooLarge
            );

    /// <summary>AWS has it, Daybreak does not: refused by name.</summary>
    public bool IsRefused { get; init; }

    /// <summary>Everybody with valid credentials may call it, and no policy can deny it.</summary>
    public bool IsOpen { get; init; }

    /// <summary>Whether it never holds its thread for long, so that it may run on one that serves all connections.</summary>
    public bool IsBrief { get; init; }

    /// <summary>Whether a denial ends before its "because".</summary>
    public bool HidesReason { get; init; }

    /// <summary>What a denial says in place of <c>resource: ARN</c>; null: that.</summary>
    public string? PlaceInDenials { get; init; }

    /// <summary>Whether the policy of the resource counts.</summary>
    public abstract bool HasResourcePolicy { get; }

    /// <summary>Compiled at first use, once.</summary>
    public abstract StructureShape Request { get; }

    /// <summary>Compiled at first use, once.</summary>
    public abstract StructureShape Response { get; }

    /// <summary>The ARN that a policy has to name, or <c>*</c>.</summary>
    public abstract string ResourceOf(object request, OperationContext context);

    /// <summary>The resource as a denial names it; null: by its ARN.</summary>
    public abstract string? ShownResourceOf(object request);

    /// <summary>The context keys that only this service has.</summary>
    public abstract IContextKeys KeysOf(object request, OperationContext context);

    /// <summary>The policy of the resource that a request names; null when it has none.</summary>
    public abstract AttachedPolicy? ResourcePolicyOf(object request, OperationContext context);

    /// <summary>The permissions that a request needs; null where it is the one on <see cref="ResourceOf"/>.</summary>
    public abstract IEnumerable<ResourcePermission>? PermissionsOf(object request, OperationContext context);

    public abstract ValueTask<object> RunAsync(object request, OperationContext context);
}

/// <summary>An operation by the records of its request and response.</summary>
/// <param name="name">As in the API reference.</param>
/// <param name="run">The one method.</param>
public class AwsOperation<TRequest, TResponse>(string name, Func<TRequest, OperationContext, ValueTask<TResponse>> run) : AwsOperation(name)
    where TRequest : class
    where TResponse : class
{
    /// <summary>The same for a method that has nothing to wait for.</summary>
    public AwsOperation(string name, Func<TRequest, OperationContext, TResponse> run)
        : this(name, (request, context) => ValueTask.FromResult(run(request, context))) { }

    /// <summary>The ARN to authorize; <c>*</c> unless given.</summary>
    public Func<TRequest, OperationContext, string> Resource { private get; init; } = static (_, _) => "*";

    /// <summary>The resource as a denial names it, where that is not its ARN.</summary>
    public Func<TRequest, string>? ShownResource { private get; init; }

    /// <summary>Context keys that only this service has.</summary>
    public Func<TRequest, OperationContext, IContextKeys> Keys { private get; init; } = static (_, _) => ContextKeys.None;

    /// <summary>The policy of the resource that the request names.</summary>
    public Func<TRequest, OperationContext, AttachedPolicy?>? ResourcePolicy { private get; init; }

    /// <summary>For an operation that needs more than one permission: all of them, in the order in which AWS asks.</summary>
    public Func<TRequest, OperationContext, IEnumerable<ResourcePermission>>? Permissions { private get; init; }

    public override bool HasResourcePolicy => ResourcePolicy is not null;

    public override StructureShape Request => field ??= (StructureShape)Shape.Of(typeof(TRequest));

    public override StructureShape Response => field ??= (StructureShape)Shape.Of(typeof(TResponse));

    public override string ResourceOf(object request, OperationContext context) => Resource((TRequest)request, context);

    public override string? ShownResourceOf(object request) => ShownResource?.Invoke((TRequest)request);

    public override IContextKeys KeysOf(object request, OperationContext context) => Keys((TRequest)request, context);

    public override AttachedPolicy? ResourcePolicyOf(object request, OperationContext context) =>
        ResourcePolicy?.Invoke((TRequest)request, context);

    public override IEnumerable<ResourcePermission>? PermissionsOf(object request, OperationContext context) =>
        Permissions?.Invoke((TRequest)request, context);

    public override async ValueTask<object> RunAsync(object request, OperationContext context) => await run((TRequest)request, context);
}
