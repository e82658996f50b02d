using System.Collections.Immutable;
using Daybreak.Cloud.Lambda.Code;
using Daybreak.Cloud.Processes;

namespace Daybreak.Cloud.Lambda.Runtime;

/// <summary>Lays the layers of a function over each other in the directory that becomes <c>/opt</c>.</summary>
internal static class LayerDirectory
{
    /// <summary>Removes the directory of merged layers, unless it is that of the only layer.</summary>
    public static void Remove(string? merged, IReadOnlyCollection<string> layers)
    {
        if (merged is not null && !layers.Contains(merged) && Directory.Exists(merged))
            Directory.Delete(merged, recursive: true);
    }

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
            Lay(new DirectoryInfo(layer), merged);
        // The links of each layer stay inside of it. One layer's link may still lead through a link that another has put on its way. On
        // AWS, it then leads to something in the function's own file system. It is left out here, as the local AWS reads /opt as well.
        var links = new PackageLinks();
        foreach (var entry in PackageFiles.Below(merged))
        {
            if (entry.LinkTarget is { } target)
                links.TryAdd(Path.GetRelativePath(merged, entry.FullName), target);
        }
        foreach (var link in links.LeadingOut().ToArray())
            File.Delete(Path.Combine(merged, link));
        return merged;
    }

    // What a later layer has replaces what an earlier one has at the same place, unless both are directories. Nothing is ever written
    // through a link of an earlier layer.
    private static void Lay(DirectoryInfo source, string target)
    {
        foreach (var entry in source.EnumerateFileSystemInfos())
        {
            var path = Path.Combine(target, entry.Name);
            var there = new DirectoryInfo(path);
            var isThere = there is { Exists: true, LinkTarget: null };
            if (entry is DirectoryInfo directory && entry.LinkTarget is null)
            {
                if (!isThere)
                {
                    File.Delete(path);
                    Directory.CreateDirectory(path);
                }
                Lay(directory, path);
                File.SetUnixFileMode(path, directory.UnixFileMode);
                continue;
            }
            if (isThere)
                Directory.Delete(path, recursive: true);
            else
                File.Delete(path);
            if (entry.LinkTarget is { } link)
                File.CreateSymbolicLink(path, link);
            else if (!LibC.TryLink(entry.FullName, path)) // the same file again, where both are on one file system
                File.Copy(entry.FullName, path);
        }
    }
}
