using Daybreak.Cloud.Lambda.Functions;
using Daybreak.Cloud.Lambda.Runtime;
using Daybreak.Cloud.Lambda.Versions;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Lambda.Provisioning;

/// <summary>Has the runtime keep as many environments of each version as are provisioned.</summary>
/// <param name="versionOf">The runtime's description of a version.</param>
internal sealed class ProvisionedEnvironments(
    FunctionVersions versions,
    IFunctionRuntime runtime,
    Func<FunctionState, FunctionVersion> versionOf
)
{
    private readonly Lock _lock = new();
    private Dictionary<ResourceKey, (FunctionVersion Version, int Count)> _kept = [];

    /// <summary>To be called after each change of what is provisioned, or of the version that an alias means.</summary>
    /// <param name="again">What was asked for again: if its environments could not be initialized, it is tried once more.</param>
    public void Follow(ProvisionedConcurrency? again = null)
    {
        lock (_lock)
        {
            if (_kept.Count == 0 && !versions.AllProvisioned().Any())
                return;
            var wanted = new Dictionary<ResourceKey, (FunctionVersion Version, int Count)>();
            var renewed = new HashSet<ResourceKey>();
            foreach (var provisioned in versions.AllProvisioned())
            {
                if (versions.Find(provisioned.Reference) is not { } version)
                    continue;
                var key = version.Reference.KeyOf(version.Version);
                wanted[key] = (versionOf(version), wanted.GetValueOrDefault(key).Count + provisioned.Requested);
                if (provisioned == again)
                    renewed.Add(key);
            }
            foreach (var (key, kept) in _kept)
            {
                if (!wanted.ContainsKey(key))
                    runtime.Provision(kept.Version, 0);
            }
            foreach (var (key, (version, count)) in wanted)
            {
                // A function that was deleted and made again has another revision.
                var isKept = _kept.TryGetValue(key, out var kept) && kept.Count == count && kept.Version.RevisionId == version.RevisionId;
                if (!isKept || renewed.Contains(key))
                    runtime.Provision(version, count);
            }
            _kept = wanted;
        }
    }

    /// <summary>To be called when the runtime has ended all environments.</summary>
    public void Forget()
    {
        lock (_lock)
            _kept = [];
    }

    /// <summary>How many environments are ready, and whether one could not be initialized.</summary>
    public (int Available, bool HasFailed) StateOf(FunctionState version) =>
        runtime.ProvisionedOf(version.Reference.UnqualifiedArn, version.Version);
}
