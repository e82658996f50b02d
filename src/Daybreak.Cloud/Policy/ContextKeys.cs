using System.Collections;
using Microsoft.Extensions.Primitives;

namespace Daybreak.Cloud.Policy;

/// <summary>Context keys from a list. They are filled before use, then only read.</summary>
public sealed class ContextKeys : IContextKeys, IEnumerable<KeyValuePair<string, StringValues>>
{
    public static readonly ContextKeys None = [];

    private readonly Dictionary<string, StringValues> _byKey = new(StringComparer.OrdinalIgnoreCase);

    public void Add(string key, StringValues value) => _byKey[key] = value;

    public bool TryGet(string key, out StringValues values) => _byKey.TryGetValue(key, out values);

    public IEnumerator<KeyValuePair<string, StringValues>> GetEnumerator() => _byKey.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
