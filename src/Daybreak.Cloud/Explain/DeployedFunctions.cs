using System.Collections.Immutable;
using Daybreak.Cloud.Lambda.Functions;
using Daybreak.Cloud.Lambda.Versions;

namespace Daybreak.Cloud.Explain;

/// <summary>The functions of an account, with all of their versions and aliases.</summary>
internal sealed record DeployedFunctions(ImmutableArray<FunctionState> Versions, ImmutableArray<FunctionAlias> Aliases)
{
    /// <summary>Their Regions and names.</summary>
    public IEnumerable<(string Region, string Name)> Names => Versions.Select(static one => (one.Region, one.FunctionName)).Distinct();

    /// <summary><c>$LATEST</c> first, then the published ones as they were published.</summary>
    public IEnumerable<FunctionState> VersionsOf(string region, string name) =>
        Versions.Where(one => one.Region == region && one.FunctionName == name).OrderBy(static one => one.Number);

    public IEnumerable<FunctionAlias> AliasesOf(string region, string name) =>
        Aliases.Where(one => one.Region == region && one.FunctionName == name).OrderBy(static one => one.Name, StringComparer.Ordinal);
}
