using System.Collections.Immutable;

namespace Daybreak.Cloud.S3.Events;

/// <summary>Which events of a bucket go to one destination.</summary>
/// <param name="Kind">The name of the element of its ARN: <c>CloudFunction</c>, <c>Queue</c> or <c>Topic</c>.</param>
/// <param name="Prefix">Null: no rule about the beginning of keys.</param>
/// <param name="Suffix">Likewise about their end.</param>
internal sealed record NotificationRule(
    string Kind,
    string Id,
    string TargetArn,
    ImmutableArray<string> Events,
    string? Prefix,
    string? Suffix
)
{
    public const string Function = "CloudFunction",
        Queue = "Queue",
        Topic = "Topic";

    public bool HasFilter => Prefix is not null || Suffix is not null;

    /// <param name="name">With its <c>s3:</c>.</param>
    public bool Matches(string name, string key) =>
        Events.Any(wanted => EventNames.Meet(wanted, name))
        && (Prefix is null || key.StartsWith(Prefix, StringComparison.Ordinal))
        && (Suffix is null || key.EndsWith(Suffix, StringComparison.Ordinal));

    /// <summary>Whether there is an event that would go to both destinations, which S3 does not take.</summary>
    public bool Overlaps(NotificationRule other) =>
        Events.Any(one => other.Events.Any(another => EventNames.Meet(one, another)))
        && Begin(Prefix ?? "", other.Prefix ?? "")
        && End(Suffix ?? "", other.Suffix ?? "");

    private static bool Begin(string one, string other) =>
        one.StartsWith(other, StringComparison.Ordinal) || other.StartsWith(one, StringComparison.Ordinal);

    private static bool End(string one, string other) =>
        one.EndsWith(other, StringComparison.Ordinal) || other.EndsWith(one, StringComparison.Ordinal);
}
