using System.Collections.Immutable;

namespace Daybreak.Cloud.Rds.ParameterGroups;

/// <summary>A cluster or instance parameter group as stored.</summary>
internal sealed record ParameterGroup
{
    public required string Name { get; init; }

    public required string Family { get; init; }

    public required string Description { get; init; }

    /// <summary>The values that differ from the defaults, by lower-case names; an older state may contain other names.</summary>
    public ImmutableSortedDictionary<string, ParameterValue> Values
    {
        get;
        init =>
            field = value.Keys.Any(name => name.Any(char.IsAsciiLetterUpper))
                ? value.ToImmutableSortedDictionary(item => item.Key.ToLowerInvariant(), item => item.Value, StringComparer.Ordinal)
                : value;
    } = ImmutableSortedDictionary.Create<string, ParameterValue>(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    public static string DefaultName(string family) => $"default.{family}";
}

/// <param name="Value">The value as the user wrote it.</param>
/// <param name="ApplyMethod"><c>immediate</c> or <c>pending-reboot</c>.</param>
internal sealed record ParameterValue(string Value, string ApplyMethod);
