namespace Daybreak.Cloud.Lambda.Runtime.Extensions;

/// <summary>The external extensions of a function: the programs in <c>/opt/extensions</c>.</summary>
internal static class ExtensionFiles
{
    /// <summary>Their names, in the order in which they start.</summary>
    /// <param name="layers">Directory that becomes <c>/opt</c>; null: there are no layers.</param>
    public static IReadOnlyList<string> In(string? layers)
    {
        var directory = new DirectoryInfo(Path.Combine(layers ?? "/", "extensions"));
        return layers is null || !directory.Exists || directory.LinkTarget is not null
            ? []
            :
            [
                .. directory
                    .EnumerateFiles()
                    .Where(static file => file.LinkTarget is null && file.UnixFileMode.HasFlag(UnixFileMode.OtherExecute))
                    .Select(static file => file.Name)
                    .Order(StringComparer.Ordinal),
            ];
    }
}
