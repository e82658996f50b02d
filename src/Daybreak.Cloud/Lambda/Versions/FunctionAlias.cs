using System.Text.Json.Serialization;
using Daybreak.Cloud.Lambda.Functions;

namespace Daybreak.Cloud.Lambda.Versions;

/// <summary>An alias as it is stored. Immutable: a change makes a new value.</summary>
public sealed record FunctionAlias
{
    public required string AccountId { get; init; }

    public required string Region { get; init; }

    public required string FunctionName { get; init; }

    public required string Name { get; init; }

    /// <summary>The version that it means.</summary>
    public required string FunctionVersion { get; init; }

    public string Description { get; init; } = "";

    public required string RevisionId { get; init; }

    /// <summary>A second version, which gets a part of the invocations; null: none.</summary>
    public string? AdditionalVersion { get; init; }

    /// <summary>That part, from 0 to 1.</summary>
    public double AdditionalWeight { get; init; }

    [JsonIgnore]
    public FunctionReference Reference => new(AccountId, Region, FunctionName, Name);

    /// <summary>Whether it means a version, for all invocations or for a part of them.</summary>
    public bool Uses(string version) => version == FunctionVersion || version == AdditionalVersion;

    /// <summary>The version of one invocation.</summary>
    /// <param name="chance">A random number from 0 to below 1.</param>
    public string VersionFor(double chance) => AdditionalVersion is { } other && chance < AdditionalWeight ? other : FunctionVersion;
}
