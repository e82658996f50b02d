using Microsoft.Extensions.Primitives;

namespace Daybreak.Cloud.Policy;

/// <summary>
/// The condition context of a request. It is only asked for keys that a policy names, so an implementation may compute them lazily.
/// </summary>
public interface IContextKeys
{
    /// <summary>Returns the values of <paramref name="key"/>, ignoring its case; false when the request has no such key.</summary>
    bool TryGet(string key, out StringValues values);
}
