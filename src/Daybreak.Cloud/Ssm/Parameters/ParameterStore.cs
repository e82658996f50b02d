using System.Text;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Ssm.Parameters;

/// <summary>All parameters: how one is found and changed, and how its values are stored.</summary>
internal sealed class ParameterStore
{
    private readonly KeyedLock<ResourceKey> _changes = new();
    private readonly ResourceTable<Parameter> _table;
    private readonly SealingKey _key;

    private readonly IParameterKeys _keys;

    public ParameterStore(StateStore store, IParameterKeys keys)
    {
        _keys = keys;
        _table = store.Table("parameters", SsmJson.Default.Parameter);
        _key = SealingKey.Open(store.Directory);
        Index = new ParameterIndex(_table.All().Select(static item => item.Key));
    }

    public ParameterIndex Index { get; }

    public int Count => _table.Count;

    public Parameter? Find(ResourceKey key) => _table.Find(key);

    /// <summary>Makes the next state of a parameter, one change after the other.</summary>
    /// <param name="change">From the parameter of that name, null where there is none, to its next state; null deletes.</param>
    /// <returns>What the change has returned.</returns>
    public async ValueTask<T> ChangeAsync<T>(ResourceKey key, Func<Parameter?, (Parameter? Next, T Result)> change)
    {
        using var turn = await _changes.EnterAsync(key);
        var before = _table.Find(key);
        var (next, result) = change(before);
        if (next is null && before is not null)
        {
            await _table.RemoveAsync(key);
            Index.Remove(key);
        }
        else if (next is not null && !ReferenceEquals(next, before))
        {
            await _table.PutAsync(key, next);
            if (before is null)
                Index.Add(key);
        }
        return result;
    }

    /// <summary>Removes all parameters.</summary>
    public async Task EmptyAsync()
    {
        foreach (var (key, _) in _table.All().ToList())
            await ChangeAsync<bool>(key, static _ => (null, true));
    }

    /// <summary>To be called when the state has been emptied.</summary>
    public void Forget() => Index.Clear();

    /// <summary>The value of a version in the form in which it is stored.</summary>
    /// <param name="keyId">The KMS key of a SecureString.</param>
    public byte[] Store(ResourceKey key, long version, string? keyId, string value, OperationContext context)
    {
        var bytes = Encoding.UTF8.GetBytes(value);
        return keyId switch
        {
            null => bytes,
            Parameter.DefaultKey => _key.Seal(bytes, OwnerOf(key, version)),
            _ => _keys.Encrypt(keyId, ParameterName.ArnOf(key), bytes, context),
        };
    }

    public string ValueOf(Parameter parameter, ParameterVersion version, OperationContext context) =>
        Encoding.UTF8.GetString(
            version.KeyId switch
            {
                null => version.Stored,
                Parameter.DefaultKey => _key.Unseal(version.Stored, OwnerOf(parameter.Key, version.Version)),
                _ => _keys.Decrypt(version.Stored, parameter.Arn, context),
            }
        );

    private static byte[] OwnerOf(ResourceKey key, long version) => Encoding.UTF8.GetBytes($"{ParameterName.ArnOf(key)}\n{version}");
}
