using System.Reflection;

namespace Daybreak.Cloud.Lambda.Runtime;

/// <summary>Writes Daybreak's runtimes for languages to files that functions can read.</summary>
internal static class RuntimeFiles
{
    public const UnixFileMode Readable =
        UnixFileMode.UserRead
        | UnixFileMode.UserWrite
        | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead
        | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead
        | UnixFileMode.OtherExecute;

    private const string Prefix = "Runtime.";

    public static readonly string[] Names =
    [
        .. Assembly
            .GetExecutingAssembly()
            .GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => name[Prefix.Length..]),
    ];

    public static void WriteTo(string directory)
    {
        Directory.CreateDirectory(directory, Readable);
        foreach (var name in Names)
        {
            using var source = Assembly.GetExecutingAssembly().GetManifestResourceStream(Prefix + name)!;
            using var target = File.Create(Path.Combine(directory, name));
            source.CopyTo(target);
        }
    }
}
