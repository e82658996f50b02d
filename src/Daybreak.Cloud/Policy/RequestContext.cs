using System.Diagnostics.CodeAnalysis;
using Daybreak.Cloud.Policy.Matching;
using Microsoft.Extensions.Primitives;

namespace Daybreak.Cloud.Policy;

/// <summary>The caller, the action, the resource and the context of a request. Immutable.</summary>
public sealed class RequestContext
{
    private readonly IContextKeys _keys;

    /// <param name="resource">An ARN, or <c>*</c> for an action that has no resource.</param>
    /// <param name="resourceAccount">The 12-digit account that owns the resource.</param>
    public RequestContext(Principal principal, ServiceAction action, string resource, string resourceAccount, IContextKeys keys)
    {
        Principal = principal;
        Action = action;
        Resource = resource;
        ResourceAccount = resourceAccount;
        ResourceParts = ArnParts.Of(resource);
        this._keys = keys;
    }

    public Principal Principal { get; }

    public ServiceAction Action { get; }

    public string Resource { get; }

    /// <summary>The resource as a denial names it.</summary>
    [AllowNull]
    public string ShownResource
    {
        get => field ?? Resource;
        init;
    }

    /// <summary>What a denial says in place of <c>resource: ARN</c>.</summary>
    [AllowNull]
    public string ShownPlace
    {
        get => field ?? $"resource: {ShownResource}";
        init;
    }

    public string ResourceAccount { get; }

    internal ArnParts ResourceParts { get; }

    /// <summary>
    /// Returns the values of a context key. Keys of the request come first; keys that follow from the caller and the resource are derived
    /// from those, so that they cannot disagree.
    /// </summary>
    public bool TryGetKey(string key, out StringValues values)
    {
        if (_keys.TryGet(key, out values) || Principal.TryGetKey(key, out values))
            return true;
        if (key.Equals("aws:ResourceAccount", StringComparison.OrdinalIgnoreCase))
        {
            values = ResourceAccount;
            return true;
        }
        return false;
    }
}
