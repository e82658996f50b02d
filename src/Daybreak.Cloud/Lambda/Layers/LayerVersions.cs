using System.Globalization;
using Daybreak.Cloud.Iam;
using Daybreak.Cloud.Lambda.Functions;
using Daybreak.Cloud.Policy;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Lambda.Layers;

/// <summary>The versions of layers. Changes of a layer are made one after the other, under <see cref="EnterAsync"/>.</summary>
internal sealed class LayerVersions(StateStore store, IPrincipalIds principals)
{
    private readonly ResourceTable<Layer> _layers = store.Table("lambda_layers", LambdaState.Default.Layer);
    private readonly ResourceTable<LayerVersion> _versions = store.Table("lambda_layer_versions", LambdaState.Default.LayerVersion);
    private readonly KeyedLock<ResourceKey> _changes = new();

    /// <summary>Waits until nobody else changes the layer; disposing the result lets the next one in.</summary>
    public ValueTask<IDisposable> EnterAsync(LayerReference layer) => _changes.EnterAsync(layer.Key);

    /// <summary>Null when the version does not exist or has been deleted.</summary>
    public LayerVersion? Find(LayerReference layer, long version) => _versions.Find(layer.KeyOf(version));

    /// <summary>The versions of one layer, in no particular order.</summary>
    public IEnumerable<LayerVersion> Of(LayerReference layer) =>
        In(layer.AccountId, layer.Region).Where(version => version.Layer.Name == layer.Name);

    /// <summary>The versions of all layers of an account in a Region, in no particular order.</summary>
    public IEnumerable<LayerVersion> In(string accountId, string region) =>
        _versions.All().Where(item => item.Key.AccountId == accountId && item.Key.Region == region).Select(static item => item.Value);

    /// <summary>Number of the next version. The caller has entered the layer.</summary>
    public long NextOf(LayerReference layer) => (_layers.Find(layer.Key)?.LastVersion ?? 0) + 1;

    /// <summary>Adds a version and counts it, in one transaction. The caller has entered the layer.</summary>
    public async Task AddAsync(LayerVersion version) =>
        await store.TryChangeAsync([
            _layers.Put(version.Layer.Key, new Layer(version.Version)),
            _versions.Put(version.Layer.KeyOf(version.Version), version),
        ]);

    /// <summary>Replaces a version by one with another policy.</summary>
    /// <returns>False when it has been deleted meanwhile.</returns>
    public ValueTask<bool> TryReplaceAsync(LayerVersion before, LayerVersion version) =>
        _versions.TryReplaceAsync(version.Layer.KeyOf(version.Version), before, version);

    public async Task RemoveAsync(LayerReference layer, long version) => await _versions.RemoveAsync(layer.KeyOf(version));

    /// <summary>The policy of the version that an ARN names; null when it has none.</summary>
    public AttachedPolicy? PolicyOf(string arn) => LayerReference.OfVersion(arn) is var (layer, version) ? PolicyOf(layer, version) : null;

    /// <inheritdoc cref="PolicyOf(string)"/>
    public AttachedPolicy? PolicyOf(LayerReference layer, long version) =>
        Find(layer, version)?.Policy is { } policy
            ? new AttachedPolicy(
                PolicyKind.Resource,
                layer.ArnOf(version),
                CompiledPolicies.Of(policy.TextFor(principals), PolicyDialect.ResourcePolicy)
            )
            : null;

    /// <summary>The place of a version in lists of one layer, which begin with the newest.</summary>
    public static string PlaceOf(LayerVersion version) => (long.MaxValue - version.Version).ToString("d19", CultureInfo.InvariantCulture);
}
