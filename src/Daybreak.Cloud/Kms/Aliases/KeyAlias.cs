using System.Text.Json.Serialization;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Kms.Aliases;

/// <summary>Another name of a key, in the state.</summary>
/// <param name="Name">With <c>alias/</c>.</param>
/// <param name="KeyId">The key of the same account and Region.</param>
internal sealed record KeyAlias(string AccountId, string Region, string Name, string KeyId, DateTimeOffset CreationDate)
{
    public DateTimeOffset LastUpdatedDate { get; init; } = CreationDate;

    [JsonIgnore]
    public ResourceKey Place => new(AccountId, Region, Name);

    [JsonIgnore]
    public ResourceKey Target => new(AccountId, Region, KeyId);
}
