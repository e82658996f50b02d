using System.Collections.Immutable;
using Daybreak.Cloud.Policy.Conditions;
using Daybreak.Cloud.Policy.Matching;

namespace Daybreak.Cloud.Policy;

/// <summary>One compiled statement. It applies to a request when principal, action, resource and every condition match.</summary>
public sealed class Statement
{
    private readonly ImmutableArray<ConditionTest> _conditions;

    internal Statement(
        string? sid,
        Effect effect,
        PrincipalSet? principals,
        ActionSet actions,
        ResourceSet? resources,
        ImmutableArray<ConditionTest> conditions,
        TextSpan span
    )
    {
        Sid = sid;
        Effect = effect;
        Principals = principals;
        Actions = actions;
        Resources = resources;
        this._conditions = conditions;
        Span = span;
    }

    public string? Sid { get; }

    public Effect Effect { get; }

    /// <summary>Null in an identity policy, whose principal is the identity it is attached to.</summary>
    public PrincipalSet? Principals { get; }

    internal ActionSet Actions { get; }

    /// <summary>Null in a trust policy, whose resource is its role.</summary>
    internal ResourceSet? Resources { get; }

    /// <summary>The position of the statement in the document's text.</summary>
    public TextSpan Span { get; }

    public IEnumerable<string> ContextKeys =>
        _conditions.SelectMany(static condition => condition.ContextKeys).Concat(Resources?.ContextKeys ?? []);

    /// <summary>
    /// Returns how this statement's principal element matches the caller when the whole statement applies; otherwise <see
    /// cref="PrincipalMatch.None"/>.
    /// </summary>
    internal PrincipalMatch Match(RequestContext request)
    {
        // The cheapest and most selective test comes first: most statements fail at the action.
        if (!Actions.Contains(request.Action))
            return PrincipalMatch.None;
        if (Resources is not null && !Resources.Contains(request))
            return PrincipalMatch.None;
        var match = Principals is null ? PrincipalMatch.Direct : Principals.Match(request.Principal);
        if (match == PrincipalMatch.None)
            return PrincipalMatch.None;
        foreach (var condition in _conditions)
            if (!condition.Holds(request))
                return PrincipalMatch.None;
        return match;
    }
}
