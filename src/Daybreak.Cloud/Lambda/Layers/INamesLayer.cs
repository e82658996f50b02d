namespace Daybreak.Cloud.Lambda.Layers;

/// <summary>A request about one layer.</summary>
internal interface INamesLayer
{
    /// <summary>A name or an ARN.</summary>
    string LayerName { get; }
}

/// <summary>A request about one version of a layer.</summary>
internal interface INamesLayerVersion : INamesLayer
{
    long? VersionNumber { get; }
}
