using Daybreak.Cloud.Policy;
using Microsoft.Extensions.Primitives;

namespace Daybreak.Cloud.Access;

/// <summary>Context keys from several sources and the time; the first source that has a key provides it.</summary>
internal sealed class JoinedKeys(IContextKeys operation, IContextKeys session, IContextKeys request, TimeProvider time) : IContextKeys
{
    public bool TryGet(string key, out StringValues values)
    {
        if (operation.TryGet(key, out values) || session.TryGet(key, out values) || request.TryGet(key, out values))
            return true;
        if (key.Equals("aws:CurrentTime", StringComparison.OrdinalIgnoreCase))
            values = time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
        else if (key.Equals("aws:EpochTime", StringComparison.OrdinalIgnoreCase))
            values = time.GetUtcNow().ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
        return values.Count > 0;
    }
}
