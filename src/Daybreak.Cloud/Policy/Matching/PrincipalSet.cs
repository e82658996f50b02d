using System.Collections.Immutable;

namespace Daybreak.Cloud.Policy.Matching;

/// <summary>A Principal or NotPrincipal element.</summary>
public sealed class PrincipalSet
{
    internal PrincipalSet(ImmutableArray<PrincipalEntry> entries, bool negated)
    {
        Entries = entries;
        IsNegated = negated;
    }

    public ImmutableArray<PrincipalEntry> Entries { get; }

    /// <summary>True for NotPrincipal.</summary>
    public bool IsNegated { get; }

    internal PrincipalMatch Match(Principal caller)
    {
        if (IsNegated)
            return Excepts(caller) ? PrincipalMatch.None : PrincipalMatch.Direct;
        var strongest = PrincipalMatch.None;
        foreach (var entry in Entries)
        {
            var match = entry.Match(caller);
            if (match > strongest)
                strongest = match;
        }
        return strongest;
    }

    /// <summary>
    /// NotPrincipal excludes a caller only when it lists every identity of the caller: AWS checks the account, then the role, then the
    /// session.
    /// </summary>
    private bool Excepts(Principal caller)
    {
        if (caller is Principal.Service service)
            return Entries.Any(entry => entry.Match(service) != PrincipalMatch.None);
        if (caller.Account is null)
            return false;
        return Lists(caller, caller is Principal.Root ? PrincipalMatch.Direct : PrincipalMatch.Account)
            && Lists(caller, PrincipalMatch.Direct)
            && (caller is not Principal.RoleSession || Lists(caller, PrincipalMatch.Role));
    }

    private bool Lists(Principal caller, PrincipalMatch identity) =>
        Entries.Any(entry => entry.Type == "AWS" && (entry.Value == "*" || entry.Match(caller) == identity));
}
