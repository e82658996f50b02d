using System.Globalization;
using Daybreak.Cloud.Lambda.Functions;
using Daybreak.Cloud.Lambda.Provisioning;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Lambda.Versions;

/// <summary>
/// The versions of functions, and which of them a qualifier means. <c>$LATEST</c> is the only one that changes. Changes of a function,
/// of its versions and of what belongs to them are made one after the other, under <see cref="EnterAsync"/>.
/// </summary>
internal sealed class FunctionVersions(StateStore store)
{
    private readonly ResourceTable<FunctionState> _latest = store.Table("lambda_functions", LambdaState.Default.FunctionState);
    private readonly ResourceTable<FunctionState> _published = store.Table("lambda_versions", LambdaState.Default.FunctionState);
    private readonly ResourceTable<FunctionAlias> _aliases = store.Table("lambda_aliases", LambdaState.Default.FunctionAlias);
    private readonly ResourceTable<ProvisionedConcurrency> _provisioned = store.Table(
        "lambda_provisioned",
        LambdaState.Default.ProvisionedConcurrency
    );
    private readonly KeyedLock<ResourceKey> _changes = new();
    private int _changeCount;
    private SortedVersions _lastSorted = new(default, []); // one list is read page by page

    /// <summary>Number of functions.</summary>
    public int Count => _latest.Count;

    /// <summary>Rises with every change, so that what is derived from versions can be kept until the next one.</summary>
    public int Changes => Volatile.Read(ref _changeCount);

    /// <summary>Waits until nobody else changes the function; disposing the result lets the next one in.</summary>
    /// <param name="function">Its <see cref="FunctionReference.Key"/>.</param>
    public ValueTask<IDisposable> EnterAsync(ResourceKey function) => _changes.EnterAsync(function);

    /// <summary>
    /// The version that a reference means; of an alias the one without a weight. Null when the function, version or alias does not exist.
    /// </summary>
    public FunctionState? Find(FunctionReference reference) =>
        !reference.IsAlias ? FindVersion(reference, reference.Qualifier)
        : FindAlias(reference) is { } alias ? FindVersion(reference, alias.FunctionVersion)
        : null;

    /// <summary>The version for one invocation: of an alias that has weights, by chance.</summary>
    /// <inheritdoc cref="Find"/>
    public FunctionState? Pick(FunctionReference reference) =>
        !reference.IsAlias ? FindVersion(reference, reference.Qualifier)
        : FindAlias(reference) is { } alias ? FindVersion(reference, alias.VersionFor(Random.Shared.NextDouble()))
        : null;

    /// <summary>The alias that a reference names; null when there is none.</summary>
    public FunctionAlias? FindAlias(FunctionReference reference) => _aliases.Find(reference.QualifiedKey);

    /// <summary>The aliases of one function, in no particular order.</summary>
    public IEnumerable<FunctionAlias> AliasesOf(FunctionReference reference) =>
        _aliases.All().Where(item => reference.Owns(item.Key)).Select(static item => item.Value);

    /// <inheritdoc cref="Find"/>
    /// <exception cref="Aws.AwsException">The function, version or alias does not exist.</exception>
    public FunctionState Get(FunctionReference reference) => Find(reference) ?? throw LambdaErrors.FunctionNotFound(reference.Arn);

    /// <summary><c>$LATEST</c> of a function, whatever the qualifier of the reference; null when there is no such function.</summary>
    public FunctionState? FindLatest(FunctionReference reference) => _latest.Find(reference.Key);

    /// <summary>The version that was published last, unless it has been deleted.</summary>
    public FunctionState? FindLast(FunctionState latest) =>
        latest.LastVersion == 0 ? null : _published.Find(KeyOf(latest, Text(latest.LastVersion)));

    /// <summary><c>$LATEST</c> and the published versions of one function, in the order of their numbers.</summary>
    public IEnumerable<FunctionState> Of(FunctionReference reference)
    {
        if (_latest.Find(reference.Key) is not { } latest)
            yield break;
        yield return latest;
        for (var number = 1; number <= latest.LastVersion; number++)
        {
            if (_published.Find(KeyOf(latest, Text(number))) is { } version)
                yield return version;
        }
    }

    /// <summary>The functions of an account in a Region, in no particular order.</summary>
    /// <param name="withPublished">Whether their published versions belong to it.</param>
    public IEnumerable<FunctionState> In(string accountId, string region, bool withPublished) =>
        (withPublished ? _latest.All().Concat(_published.All()) : _latest.All())
            .Where(item => item.Key.AccountId == accountId && item.Key.Region == region)
            .Select(static item => item.Value);

    /// <summary>The same in the order of lists.</summary>
    public IReadOnlyList<FunctionState> Sorted(string accountId, string region, bool withPublished)
    {
        var list = new VersionList(accountId, region, withPublished, Changes);
        if (_lastSorted is var last && last.List == list)
            return last.Versions;
        FunctionState[] versions = [.. In(accountId, region, withPublished).OrderBy(PlaceOf, StringComparer.Ordinal)];
        _lastSorted = new SortedVersions(list, versions);
        return versions;
    }

    /// <summary>Every version of every function of an account, in all Regions.</summary>
    public IEnumerable<FunctionState> OfAccount(string accountId) =>
        _latest.All().Concat(_published.All()).Where(item => item.Key.AccountId == accountId).Select(static item => item.Value);

    /// <summary>Every alias of every function of an account, in all Regions.</summary>
    public IEnumerable<FunctionAlias> AliasesOfAccount(string accountId) =>
        _aliases.All().Where(item => item.Key.AccountId == accountId).Select(static item => item.Value);

    /// <summary><c>$LATEST</c> of every function.</summary>
    public IEnumerable<FunctionState> All() => _latest.All().Select(static item => item.Value);

    /// <summary>What is provisioned for a version or alias by its own name; null: nothing.</summary>
    public ProvisionedConcurrency? FindProvisioned(FunctionReference reference) => _provisioned.Find(reference.QualifiedKey);

    /// <summary>What is provisioned for versions and aliases of one function.</summary>
    public IEnumerable<ProvisionedConcurrency> ProvisionedOf(FunctionReference reference) =>
        _provisioned.All().Where(item => reference.Owns(item.Key)).Select(static item => item.Value);

    public IEnumerable<ProvisionedConcurrency> AllProvisioned() => _provisioned.All().Select(static item => item.Value);

    /// <summary>Functions with a version whose creation or update has not completed.</summary>
    public IEnumerable<FunctionReference> Unsettled() =>
        _latest
            .All()
            .Concat(_published.All())
            .Where(static item => item.Value.Phase != FunctionPhase.Ready)
            .Select(static item => item.Value.Reference)
            .Distinct();

    /// <summary>The place of a version in lists: functions by name, of each <c>$LATEST</c> and then the numbers.</summary>
    public static string PlaceOf(FunctionState version) =>
        string.Create(CultureInfo.InvariantCulture, $"{version.FunctionName}\0{version.Number:d10}");

    /// <summary>Makes changes all together or not at all.</summary>
    /// <returns>False when one of them does not apply any more, and nothing was changed.</returns>
    public async ValueTask<bool> TryChangeAsync(params IReadOnlyList<RowChange> changes)
    {
        try
        {
            return await store.TryChangeAsync(changes);
        }
        finally
        {
            NoteChange();
        }
    }

    /// <summary>To be called when the tables are being emptied.</summary>
    public void NoteChange() => Interlocked.Increment(ref _changeCount);

    /// <summary>The change that makes a function.</summary>
    public RowChange Add(FunctionState latest) => _latest.Add(latest.Reference.Key, latest);

    /// <summary>The change that publishes a version, if it is a new one.</summary>
    public IEnumerable<RowChange> Of(Publication publication) =>
        publication is { IsNew: true, Version: { } version } ? [_published.Add(KeyOf(version, version.Version), version)] : [];

    /// <summary>The change of a version, if nobody else has changed it.</summary>
    public RowChange Replace(FunctionState before, FunctionState version) =>
        version.Number == 0
            ? _latest.Replace(version.Reference.Key, before, version)
            : _published.Replace(KeyOf(version, version.Version), before, version);

    /// <summary>The change that removes a version.</summary>
    public RowChange Remove(FunctionState version) =>
        version.Number == 0 ? _latest.Remove(version.Reference.Key) : _published.Remove(KeyOf(version, version.Version));

    /// <summary>The change that makes an alias.</summary>
    public RowChange Add(FunctionAlias alias) => _aliases.Add(alias.Reference.QualifiedKey, alias);

    /// <summary>The change of an alias, if nobody else has changed it.</summary>
    public RowChange Replace(FunctionAlias before, FunctionAlias alias) => _aliases.Replace(alias.Reference.QualifiedKey, before, alias);

    /// <summary>The change that removes an alias.</summary>
    public RowChange Remove(FunctionAlias alias) => _aliases.Remove(alias.Reference.QualifiedKey);

    /// <summary>The change of what is provisioned.</summary>
    public RowChange Put(ProvisionedConcurrency provisioned) => _provisioned.Put(provisioned.Reference.QualifiedKey, provisioned);

    /// <summary>The change that ends it.</summary>
    public RowChange Remove(ProvisionedConcurrency provisioned) => _provisioned.Remove(provisioned.Reference.QualifiedKey);

    /// <summary>The change that ends it with the version or alias that it is for.</summary>
    public IEnumerable<RowChange> RemovalOfProvisioned(FunctionReference reference) =>
        FindProvisioned(reference) is { } provisioned ? [Remove(provisioned)] : [];

    public static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private FunctionState? FindVersion(FunctionReference function, string? version) =>
        version is null or FunctionReference.Latest ? _latest.Find(function.Key) : _published.Find(function.KeyOf(version));

    private static ResourceKey KeyOf(FunctionState function, string version) => function.Reference.KeyOf(version);

    private readonly record struct VersionList(string AccountId, string Region, bool WithPublished, int Changes);

    private sealed record SortedVersions(VersionList List, FunctionState[] Versions);
}
