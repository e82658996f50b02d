using System.Net;
using Daybreak.Aws;
using Daybreak.Cloud.FrontDoor.Shapes;

namespace Daybreak.Cloud.FrontDoor;

/// <summary>One operation of an AWS API: its name and place on the wire, its request and response, the method that runs it.</summary>
public abstract class AwsOperation
{
    private const long DefaultRequestLimit = 1024 * 1024;

    /// <summary>As in the API reference: <c>CreateFunction</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What a policy has to allow, without the service: mostly the name; <c>InvokeFunction</c> for Invoke.</summary>
    public required string Action { get; init; }

    /// <summary>HTTP method and path with {labels} for REST protocols: <c>POST /2015-03-31/functions</c>.</summary>
    public string Route { get; init; } = "POST /";

    public int SuccessStatus { get; init; } = 200;

    /// <summary>Greatest body in bytes.</summary>
    public long RequestLimit { get; init; } = DefaultRequestLimit;

    /// <summary>The error for a body of more bytes than <see cref="RequestLimit"/>.</summary>
    public Func<AwsRequest, long, AwsException> TooLarge { get; init; } =
        static (_, length) =>
            AwsException.Sender(
                "RequestEntityTooLargeException",
                $"Request of {length} bytes is too large",
                HttpStatusCode.RequestEntityTooLarge
            );

    /// <summary>AWS has it, Daybreak does not: refused by name.</summary>
    public bool IsRefused { get; private init; }

    /// <summary>What decides about it besides action, resource and the caller's policies.</summary>
    public OperationAuthorization Authorization { get; private set; } = OperationAuthorization.Default;

    /// <summary>Compiled at first use, once.</summary>
    public abstract StructureShape Request { get; }

    /// <summary>Compiled at first use, once.</summary>
    public abstract StructureShape Response { get; }

    /// <summary>ARN that a policy has to name, or <c>*</c>.</summary>
    public abstract string Resource(object request, OperationContext context);

    public abstract ValueTask<object> RunAsync(object request, OperationContext context);

    /// <summary>Sets <see cref="Authorization"/>, while the service is put together.</summary>
    public AwsOperation AuthorizedBy(OperationAuthorization authorization)
    {
        Authorization = authorization;
        return this;
    }

    /// <param name="run">The one method.</param>
    /// <param name="route">REST protocols only.</param>
    /// <param name="resource">The ARN to authorize; <c>*</c> when null.</param>
    /// <param name="action">When it differs from the name.</param>
    public static AwsOperation Of<TRequest, TResponse>(
        string name,
        Func<TRequest, OperationContext, ValueTask<TResponse>> run,
        string route = "POST /",
        int status = 200,
        Func<TRequest, OperationContext, string>? resource = null,
        string? action = null,
        long requestLimit = DefaultRequestLimit,
        Func<AwsRequest, long, AwsException>? tooLarge = null
    )
        where TRequest : class
        where TResponse : class
    {
        var operation = new TypedOperation<TRequest, TResponse>(run, resource)
        {
            Name = name,
            Action = action ?? name,
            Route = route,
            SuccessStatus = status,
            RequestLimit = requestLimit,
        };
        return tooLarge is null ? operation : operation.With(tooLarge);
    }

    /// <summary>The same for a method that has nothing to wait for.</summary>
    public static AwsOperation Of<TRequest, TResponse>(
        string name,
        Func<TRequest, OperationContext, TResponse> run,
        string route = "POST /",
        int status = 200,
        Func<TRequest, OperationContext, string>? resource = null,
        string? action = null
    )
        where TRequest : class
        where TResponse : class =>
        Of(
            name,
            (TRequest request, OperationContext context) => ValueTask.FromResult(run(request, context)),
            route,
            status,
            resource,
            action
        );

    /// <summary>An operation that AWS has and Daybreak does not.</summary>
    public static AwsOperation Refused(string name, string route = "POST /") =>
        new TypedOperation<NoMembers, NoMembers>(static (request, _) => ValueTask.FromResult(request), null)
        {
            Name = name,
            Action = name,
            Route = route,
            IsRefused = true,
        };

    private sealed class TypedOperation<TRequest, TResponse>(
        Func<TRequest, OperationContext, ValueTask<TResponse>> run,
        Func<TRequest, OperationContext, string>? resource
    ) : AwsOperation
        where TRequest : class
        where TResponse : class
    {
        public override StructureShape Request => field ??= (StructureShape)Shape.Of(typeof(TRequest));

        public override StructureShape Response => field ??= (StructureShape)Shape.Of(typeof(TResponse));

        public override string Resource(object request, OperationContext context) => resource?.Invoke((TRequest)request, context) ?? "*";

        public override async ValueTask<object> RunAsync(object request, OperationContext context) => await run((TRequest)request, context);

        public TypedOperation<TRequest, TResponse> With(Func<AwsRequest, long, AwsException> tooLarge) =>
            new(run, resource)
            {
                Name = Name,
                Action = Action,
                Route = Route,
                SuccessStatus = SuccessStatus,
                RequestLimit = RequestLimit,
                TooLarge = tooLarge,
            };
    }
}

/// <summary>Request or response of an operation that has none.</summary>
public sealed record NoMembers
{
    public static readonly NoMembers Instance = new();
}
