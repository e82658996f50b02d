using System.Globalization;
using System.Text.Json.Serialization;

namespace Daybreak.Cloud.Rds.ParameterGroups;

/// <summary>A parameter in the groups of a family.</summary>
internal sealed record ParameterDefinition
{
    private const int MaxLength = 2048;

    public required string Name { get; init; }

    public required string Description { get; init; }

    /// <summary><c>integer</c>, <c>boolean</c>, <c>string</c>, <c>float</c> or <c>list</c>.</summary>
    public required string DataType { get; init; }

    /// <summary>Whether it takes effect only at the next start of the server.</summary>
    public required bool IsStatic { get; init; }

    public required bool IsModifiable { get; init; }

    public string? Default { get; init; }

    /// <summary>In the form <c>0-100</c> or <c>a,b</c>; null when any text is valid.</summary>
    public string? AllowedValues { get; init; }

    /// <summary>The least value of a number.</summary>
    public double? Minimum { get; init; }

    public double? Maximum { get; init; }

    /// <summary>The values of an enumeration or a boolean.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    public bool IsNumber => DataType is "integer" or "float";

    /// <summary>Whether the server may have rules for values beyond those known here.</summary>
    public bool IsAskedOfServer => Values.Count == 0 && !Name.StartsWith("rds.", StringComparison.Ordinal);

    /// <summary>Whether <paramref name="value"/> is valid according to type, range and list.</summary>
    public bool Allows(string value)
    {
        if (value.Length > MaxLength || value.Any(static character => char.IsControl(character) || character is '\uFFFE' or '\uFFFF'))
            return false;
        switch (DataType)
        {
            case "integer":
                // In postgresql.conf a leading zero makes a number octal.
                return value.TrimStart('-', '+') is var digits
                    && (digits == "0" || !digits.StartsWith('0'))
                    && long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)
                    && whole >= Minimum
                    && whole <= Maximum;
            case "float":
                return double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                    && number >= Minimum
                    && number <= Maximum;
            case "list":
                return value.Length == 0 || value.Split(',').All(item => Values.Contains(item.Trim()));
            default:
                return Values.Count == 0 || Values.Contains(value);
        }
    }
}

/// <summary>A row of <c>pg_settings</c>.</summary>
internal sealed record SettingRow
{
    [JsonPropertyName("name")]
    public required string Name { get; init; }

    [JsonPropertyName("short_desc")]
    public string? Description { get; init; }

    [JsonPropertyName("context")]
    public required string Context { get; init; }

    [JsonPropertyName("vartype")]
    public required string Type { get; init; }

    [JsonPropertyName("min_val")]
    public string? Minimum { get; init; }

    [JsonPropertyName("max_val")]
    public string? Maximum { get; init; }

    [JsonPropertyName("enumvals")]
    public IReadOnlyList<string>? Values { get; init; }

    [JsonPropertyName("boot_val")]
    public string? Default { get; init; }
}

[JsonSerializable(typeof(SettingRow))]
internal sealed partial class SettingRowJson : JsonSerializerContext;
