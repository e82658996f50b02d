using System.Collections.Immutable;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Policy;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Ssm.Parameters;

/// <summary>The permissions that operations on parameters need.</summary>
internal sealed class ParameterAccess(ParameterStore parameters)
{
    /// <summary>An operation on parameters that are named.</summary>
    /// <param name="names">Names that no parameter can have need no permission: they are refused or reported afterwards.</param>
    public AwsOperation Row<TRequest, TResponse>(
        string name,
        Func<TRequest, OperationContext, ValueTask<TResponse>> run,
        Func<TRequest, OperationContext, IEnumerable<ResourceKey>> names,
        Func<TRequest, ContextKeys>? keys = null
    )
        where TRequest : class
        where TResponse : class =>
        new AwsOperation<TRequest, TResponse>(name, run)
        {
            Permissions = (request, context) => names(request, context).Select(key => Of(key, keys?.Invoke(request) ?? [])),
        };

    /// <param name="keys">Context keys of the request; those of the parameter are added.</param>
    public ResourcePermission Of(ResourceKey key, ContextKeys keys, string? action = null)
    {
        foreach (var (tag, value) in parameters.Find(key)?.Tags ?? ImmutableSortedDictionary<string, string>.Empty)
        {
            keys.Add("aws:ResourceTag/" + tag, value);
            keys.Add("ssm:resourceTag/" + tag, value);
        }
        return new ResourcePermission(ParameterName.ArnOf(key), keys, action);
    }
}
