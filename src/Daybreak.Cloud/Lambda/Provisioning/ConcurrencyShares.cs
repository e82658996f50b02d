using Daybreak.Cloud.Lambda.Functions;
using Daybreak.Cloud.Lambda.Versions;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Lambda.Provisioning;

/// <summary>Which versions and functions have concurrent executions of their own, at one point in time.</summary>
internal sealed class ConcurrencyShares
{
    private readonly Dictionary<ResourceKey, int> _provisioned = [];
    private readonly Dictionary<ResourceKey, int> _provisionedOfFunctions = [];
    private readonly Dictionary<(string AccountId, string Region), int> _taken = [];

    private ConcurrencyShares(int changes) => Changes = changes;

    /// <summary>The number of changes of versions that it knows.</summary>
    public int Changes { get; }

    public static ConcurrencyShares Of(FunctionVersions versions)
    {
        var shares = new ConcurrencyShares(versions.Changes);
        foreach (var provisioned in versions.AllProvisioned())
        {
            if (versions.Find(provisioned.Reference) is not { } version)
                continue;
            var function = provisioned.Reference.Key;
            var key = version.Reference.KeyOf(version.Version);
            shares._provisioned[key] = shares._provisioned.GetValueOrDefault(key) + provisioned.Requested;
            shares._provisionedOfFunctions[function] = shares._provisionedOfFunctions.GetValueOrDefault(function) + provisioned.Requested;
        }
        foreach (var function in versions.All())
        {
            var taken = function.ReservedConcurrentExecutions ?? shares._provisionedOfFunctions.GetValueOrDefault(function.Reference.Key);
            if (taken > 0)
                shares._taken[(function.AccountId, function.Region)] =
                    shares._taken.GetValueOrDefault((function.AccountId, function.Region)) + taken;
        }
        return shares;
    }

    /// <summary>What functions of an account in a Region share that have nothing reserved.</summary>
    public int UnreservedIn(string accountId, string region) =>
        AccountSettings.ConcurrentExecutions - _taken.GetValueOrDefault((accountId, region));

    /// <summary>Environments that are kept for a version.</summary>
    public int ProvisionedFor(FunctionState version) =>
        _provisioned.Count == 0 || version.Number == 0 ? 0 : _provisioned.GetValueOrDefault(version.Reference.KeyOf(version.Version));

    /// <summary>Environments that are kept for all versions of a function.</summary>
    public int ProvisionedOf(ResourceKey function) => _provisionedOfFunctions.GetValueOrDefault(function);
}
