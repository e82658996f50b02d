using Daybreak.Cloud.FrontDoor;

namespace Daybreak.Cloud.Iam;

/// <summary>An operation that changes the state. Changes run one after the other.</summary>
internal sealed class IamChange<TRequest, TResponse>(
    IamState state,
    string name,
    Func<TRequest, OperationContext, ValueTask<TResponse>> run
) : AwsOperation<TRequest, TResponse>(name, (request, context) => state.ChangeAsync(() => run(request, context), context.Aborted))
    where TRequest : class
    where TResponse : class;
