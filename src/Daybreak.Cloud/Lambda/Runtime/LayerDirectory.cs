using System.Collections.Immutable;

namespace Daybreak.Cloud.Lambda.Runtime;

/// <summary>Merges the layers of a function into the directory that becomes <c>/opt</c>.</summary>
internal static class LayerDirectory
{
    /// <returns>
    /// Null when there are no layers, the directory of the only layer, or a new directory below <paramref name="parent"/>.
    /// </returns>
    public static string? Merge(ImmutableArray<string> layers, string parent)
    {
        if (layers.IsDefaultOrEmpty)
            return null;
        if (layers.Length == 1)
            return layers[0];

        var merged = Path.Combine(parent, "layers-" + Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(merged, RuntimeFiles.Readable);
        foreach (var layer in layers)
            Copy(new DirectoryInfo(layer), merged);
        return merged;
    }

    // A later layer overwrites files of an earlier one.
    private static void Copy(DirectoryInfo source, string target)
    {
        foreach (var entry in source.EnumerateFileSystemInfos())
        {
            var path = Path.Combine(target, entry.Name);
            if (entry.LinkTarget is { } link)
            {
                File.Delete(path);
                File.CreateSymbolicLink(path, link);
            }
            else if (entry is DirectoryInfo directory)
            {
                Directory.CreateDirectory(path, directory.UnixFileMode);
                Copy(directory, path);
            }
            else
            {
                File.Copy(entry.FullName, path, overwrite: true);
            }
        }
    }
}
