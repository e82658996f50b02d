using System.Collections.Immutable;

namespace Daybreak.Cloud.Ec2.Networks;

/// <summary>Resources of one kind by id. Immutable.</summary>
internal sealed class Resources<T>
    where T : Resource
{
    public static readonly Resources<T> Empty = new(ImmutableDictionary.Create<string, T>(StringComparer.Ordinal));

    private readonly ImmutableDictionary<string, T> _byId;

    private Resources(ImmutableDictionary<string, T> byId) => this._byId = byId;

    public int Count => _byId.Count;

    /// <summary>All resources, in no order.</summary>
    public IEnumerable<T> All => _byId.Values;

    public static Resources<T> Of(IEnumerable<T> resources) => Empty.With(resources);

    public T? Find(string? id) => id is null ? null : _byId.GetValueOrDefault(id);

    /// <summary>Adds resources, which replace those with the same ids.</summary>
    public Resources<T> With(params IEnumerable<T> resources) =>
        new(_byId.SetItems(resources.Select(resource => KeyValuePair.Create(resource.Id, resource))));

    public Resources<T> Without(params IEnumerable<string> ids) => new(_byId.RemoveRange(ids));

    /// <summary>The changed resources since another version, with null for deleted ones.</summary>
    public IEnumerable<(string Id, T? After)> ChangesSince(Resources<T> before)
    {
        if (ReferenceEquals(_byId, before._byId))
            yield break;
        foreach (var (id, after) in _byId)
        {
            if (!before._byId.TryGetValue(id, out var old) || !ReferenceEquals(old, after))
                yield return (id, after);
        }
        foreach (var id in before._byId.Keys)
        {
            if (!_byId.ContainsKey(id))
                yield return (id, null);
        }
    }
}
