using System.Collections.Immutable;

namespace Daybreak.Cloud.Explain.Fixes;

/// <summary>Commands that change the network settings of the database or function at the beginning of a path.</summary>
/// <param name="MakePublic">Gives it a public address; null where nothing can.</param>
/// <param name="SetGroups">Sets its security groups to the ids that follow.</param>
/// <param name="FindPrivateNames">Makes it resolve private DNS names of endpoints: <c>rds.custom_dns_resolution</c>.</param>
internal sealed record SourceCommands(string? MakePublic, string SetGroups, ImmutableArray<string> FindPrivateNames)
{
    /// <summary>What it is, for sentences: <c>database</c>, <c>function</c>.</summary>
    public string Noun { get; init; } = "database";

    /// <summary>Whether the ids follow <see cref="SetGroups"/> directly, with commas.</summary>
    public bool HasGroupsInOneWord { get; init; }

    /// <summary>The command that sets its groups to these and one more.</summary>
    public string SetTo(IEnumerable<string> groups, string added) =>
        HasGroupsInOneWord ? $"{SetGroups}{string.Join(',', groups)},{added}" : $"{SetGroups} {string.Join(' ', groups)} {added}";
}
