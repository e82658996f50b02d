using Microsoft.Extensions.Primitives;

namespace Daybreak.Cloud.Policy;

/// <summary>
/// The condition context of a request. A key is asked for only when a policy names it, so an implementation may compute late.
/// </summary>
public interface IContextKeys
{
    /// <summary>The values of <paramref name="key"/>, whose case does not matter; false when the request has no such key.</summary>
    bool TryGet(string key, out StringValues values);
}
