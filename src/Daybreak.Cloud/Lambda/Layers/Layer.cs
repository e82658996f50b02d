namespace Daybreak.Cloud.Lambda.Layers;

/// <summary>What is kept of a layer beside its versions, even when none is left.</summary>
/// <param name="LastVersion">The number of the version that was published last, as numbers are never used again.</param>
public sealed record Layer(long LastVersion);
