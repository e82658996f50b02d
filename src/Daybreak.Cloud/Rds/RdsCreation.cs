using Daybreak.Cloud.FrontDoor;

namespace Daybreak.Cloud.Rds;

/// <summary>An operation that makes a cluster or an instance, with which the service-linked role comes into the account.</summary>
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
