using System.Text.Json.Serialization;
using Daybreak.Cloud.Lambda.Functions;

namespace Daybreak.Cloud.Lambda.Provisioning;

/// <summary>Environments that are kept ready for a version or alias, as it is stored. Immutable.</summary>
public sealed record ProvisionedConcurrency
{
    public required string AccountId { get; init; }

    public required string Region { get; init; }

    public required string FunctionName { get; init; }

    /// <summary>The number of a version, or an alias.</summary>
    public required string Qualifier { get; init; }

    public required int Requested { get; init; }

    public required DateTimeOffset LastModified { get; init; }

    [JsonIgnore]
    public FunctionReference Reference => new(AccountId, Region, FunctionName, Qualifier);
}
