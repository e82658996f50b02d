using System.Collections.Concurrent;

namespace Daybreak.Aws.Signing;

/// <summary>Caches derived keys of verified callers by the text of their Credential. Safe for concurrent use.</summary>
internal sealed class SigningKeyCache
{
    /// <summary>Far more than the keys × services × Regions of one day; it only prevents endless growth.</summary>
    private const int Capacity = 4096;

    private readonly ConcurrentDictionary<string, KnownCredential> _known = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, KnownCredential>.AlternateLookup<ReadOnlySpan<char>> _byText;

    public SigningKeyCache() => _byText = _known.GetAlternateLookup<ReadOnlySpan<char>>();

    public KnownCredential? Find(ReadOnlySpan<char> credential) => _byText.TryGetValue(credential, out var found) ? found : null;

    public void Keep(ReadOnlySpan<char> credential, KnownCredential value)
    {
        if (_known.Count >= Capacity)
            _known.Clear();
        _byText[credential] = value;
    }
}
