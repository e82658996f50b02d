using System.Text.Json.Serialization;
using Daybreak.Cloud.Lambda.Code;
using Daybreak.Cloud.Lambda.Functions;
using Daybreak.Cloud.Lambda.Permissions;

namespace Daybreak.Cloud.Lambda.Layers;

/// <summary>A version of a layer as it is stored. Only its policy changes.</summary>
public sealed record LayerVersion : IHasCode
{
    public required LayerReference Layer { get; init; }

    public required long Version { get; init; }

    public string Description { get; init; } = "";

    public string? LicenseInfo { get; init; }

    /// <summary>Null when the request did not have it, which AWS shows differently from an empty list.</summary>
    public IReadOnlyList<string>? CompatibleRuntimes { get; init; }

    /// <inheritdoc cref="CompatibleRuntimes"/>
    public IReadOnlyList<string>? CompatibleArchitectures { get; init; }

    public required DateTimeOffset CreatedDate { get; init; }

    public required FunctionCode Code { get; init; }

    /// <summary>Who else may use it; null: nobody.</summary>
    public FunctionPolicy? Policy { get; init; }

    [JsonIgnore]
    public string Arn => Layer.ArnOf(Version);

    [JsonIgnore]
    public IEnumerable<FunctionCode> Codes => [Code];

    /// <summary>Whether it says that it is made for a runtime and an architecture; null asks for none.</summary>
    public bool Suits(string? runtime, string? architecture) =>
        (runtime is null || CompatibleRuntimes?.Contains(runtime) == true)
        && (architecture is null || CompatibleArchitectures?.Contains(architecture) == true);
}
