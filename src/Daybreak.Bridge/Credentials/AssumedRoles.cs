using System.Collections.Concurrent;
using System.Text;

namespace Daybreak.Bridge.Credentials;

/// <summary>
/// The credentials of assumed roles, each cached and refreshed like the server's own. A role that is known costs a call one look-up and no
/// allocation.
/// </summary>
/// <param name="create">Makes the source of a role's credentials.</param>
/// <param name="time">The clock.</param>
public sealed class AssumedRoles(Func<AssumedRole, ICredentialSource> create, TimeProvider time) : IDisposable
{
    // Each user of each database may have a session of its own.
    private const int MostRoles = 4096;

    // The longest that rules of daybreak.assume have: 2048, 1224 and 64 characters.
    private const int MostCharacters = 3400;

    private readonly ConcurrentDictionary<string, CredentialKeeper> _keepers = new(StringComparer.Ordinal);

    public int Count => _keepers.Count;

    /// <summary>The arguments are UTF-8, as frames have them; an empty external id is none.</summary>
    public CredentialKeeper For(ReadOnlySpan<byte> arn, ReadOnlySpan<byte> externalId, ReadOnlySpan<byte> sessionName)
    {
        // A line feed is in none of them.
        var size = arn.Length + externalId.Length + sessionName.Length + 2;
        scoped Span<char> key;
        key = size <= MostCharacters ? stackalloc char[size] : new char[size];
        var length = Encoding.UTF8.GetChars(arn, key);
        key[length++] = '\n';
        length += Encoding.UTF8.GetChars(externalId, key[length..]);
        key[length++] = '\n';
        length += Encoding.UTF8.GetChars(sessionName, key[length..]);
        return _keepers.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(key[..length], out var known)
            ? known
            : Add(new string(key[..length]));
    }

    public void Dispose()
    {
        foreach (var keeper in _keepers.Values)
            keeper.Dispose();
    }

    private CredentialKeeper Add(string key)
    {
        var parts = key.Split('\n');
        // Starting over is simpler than distinguishing them; calls that use one now keep it.
        if (_keepers.Count >= MostRoles)
            _keepers.Clear();
        return _keepers.GetOrAdd(
            key,
            _ => new CredentialKeeper(create(new(parts[0], parts[1].Length > 0 ? parts[1] : null, parts[2])), time)
        );
    }
}
