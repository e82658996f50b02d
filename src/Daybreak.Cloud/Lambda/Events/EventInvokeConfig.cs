using System.Text.Json.Serialization;
using Daybreak.Cloud.Lambda.Functions;

namespace Daybreak.Cloud.Lambda.Events;

/// <summary>What happens with events of a function, a version or an alias, as it is stored. Immutable.</summary>
public sealed record EventInvokeConfig
{
    public required string AccountId { get; init; }

    public required string Region { get; init; }

    public required string FunctionName { get; init; }

    /// <summary><c>$LATEST</c>, the number of a version, or an alias.</summary>
    public required string Qualifier { get; init; }

    public int? MaximumRetryAttempts { get; init; }

    public int? MaximumEventAgeInSeconds { get; init; }

    /// <summary>ARN of the destination; null: none.</summary>
    public string? OnSuccess { get; init; }

    public string? OnFailure { get; init; }

    public required DateTimeOffset LastModified { get; init; }

    [JsonIgnore]
    public FunctionReference Reference => new(AccountId, Region, FunctionName, Qualifier);
}
