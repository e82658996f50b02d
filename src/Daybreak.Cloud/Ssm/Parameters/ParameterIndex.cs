using System.Collections.Immutable;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Ssm.Parameters;

/// <summary>The names of the parameters of each account and Region in their order, so that a page of any of them is found at once. Readers
/// have a snapshot.</summary>
internal sealed class ParameterIndex
{
    private readonly Lock _lock = new();
    private ImmutableDictionary<(string AccountId, string Region), ImmutableSortedSet<string>> _names;

    public ParameterIndex(IEnumerable<ResourceKey> keys) =>
        _names = keys.GroupBy(static key => (key.AccountId, key.Region))
            .ToImmutableDictionary(
                static group => group.Key,
                static group => group.Select(static key => key.Name).ToImmutableSortedSet(StringComparer.Ordinal)
            );

    public void Add(ResourceKey key)
    {
        lock (_lock)
            _names = _names.SetItem((key.AccountId, key.Region), NamesOf(key.AccountId, key.Region).Add(key.Name));
    }

    public void Remove(ResourceKey key)
    {
        lock (_lock)
            _names = _names.SetItem((key.AccountId, key.Region), NamesOf(key.AccountId, key.Region).Remove(key.Name));
    }

    public void Clear()
    {
        lock (_lock)
            _names = _names.Clear();
    }

    /// <summary>The names that begin with a prefix, in their order.</summary>
    /// <param name="after">Only those behind this name; null: from the first on.</param>
    /// <param name="deep">False: only those that have no further slash.</param>
    public IEnumerable<string> Below(string accountId, string region, string prefix, string? after, bool deep)
    {
        var names = NamesOf(accountId, region);
        var next = after is null || string.CompareOrdinal(after, prefix) < 0 ? From(names, prefix) : Behind(names, after);
        while (next < names.Count && names[next].StartsWith(prefix, StringComparison.Ordinal))
        {
            var name = names[next];
            var slash = deep ? -1 : name.IndexOf('/', prefix.Length);
            if (slash < 0)
            {
                yield return name;
                next++;
            }
            else
            {
                // Over everything below this path: the zero is the character behind the slash.
                next = From(names, name[..slash] + '0');
            }
        }
    }

    private ImmutableSortedSet<string> NamesOf(string accountId, string region) =>
        _names.GetValueOrDefault((accountId, region)) ?? ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    private static int From(ImmutableSortedSet<string> names, string name)
    {
        var place = names.IndexOf(name);
        return place >= 0 ? place : ~place;
    }

    private static int Behind(ImmutableSortedSet<string> names, string name)
    {
        var place = names.IndexOf(name);
        return place >= 0 ? place + 1 : ~place;
    }
}
