using Daybreak.Cloud.FrontDoor;

namespace Daybreak.Cloud.Rds;

/// <summary>
/// An operation that creates a cluster or an instance. The first one also creates the service-linked role of the account.
/// </summary>
internal sealed class RdsCreation<TRequest, TResponse>(
    IServiceLinkedRole role,
    string name,
    Func<TRequest, OperationContext, ValueTask<TResponse>> create
)
    : AwsOperation<TRequest, TResponse>(
        name,
        async (request, context) =>
        {
            if (!role.MayBeUsed(context))
                throw RdsErrors.NoServiceLinkedRole();
            var created = await create(request, context);
            await role.EnsureAsync(context.AccountId);
            return created;
        }
    )
    where TRequest : class
    where TResponse : class;
