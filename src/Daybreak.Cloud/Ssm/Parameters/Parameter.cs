using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Ssm.Parameters;

/// <summary>A parameter in the state.</summary>
/// <param name="Name">As it was made: with or without its first slash.</param>
/// <param name="Versions">From the oldest to the newest; there is at least one.</param>
internal sealed record Parameter(string AccountId, string Region, string Name, ImmutableArray<ParameterVersion> Versions)
{
    public const string Plain = "String";
    public const string PlainList = "StringList";
    public const string Secure = "SecureString";

    /// <summary>The key of a SecureString for which none is named.</summary>
    public const string DefaultKey = "alias/aws/ssm";

    public ImmutableSortedDictionary<string, string>? Tags { get; init; }

    [JsonIgnore]
    public ResourceKey Key => ParameterName.KeyOf(Name, AccountId, Region);

    [JsonIgnore]
    public string Arn => ParameterName.ArnOf(Key);

    [JsonIgnore]
    public ParameterVersion Newest => Versions[^1];

    public ParameterVersion? Version(long number) => Versions.FirstOrDefault(version => version.Version == number);

    public ParameterVersion? Labelled(string label) => Versions.FirstOrDefault(version => version.Labels.Contains(label));

    public Parameter With(ParameterVersion changed) =>
        this with
        {
            Versions = [.. Versions.Select(version => version.Version == changed.Version ? changed : version)],
        };
}

/// <param name="Stored">The value; of a SecureString encrypted.</param>
/// <param name="User">ARN of who made it.</param>
internal sealed record ParameterVersion(
    long Version,
    string Type,
    string Tier,
    string DataType,
    byte[] Stored,
    DateTimeOffset LastModifiedDate,
    string User
)
{
    /// <summary>The KMS key as the request named it; null unless it is a SecureString.</summary>
    public string? KeyId { get; init; }

    public string? Description { get; init; }

    public string? AllowedPattern { get; init; }

    public ImmutableArray<string> Labels { get; init; } = [];
}
