using System.IO.Enumeration;

namespace Daybreak.Cloud.Lambda.Code;

/// <summary>The files, directories and links of an unpacked package. Links are never followed, as they may lead in circles.</summary>
internal static class PackageFiles
{
    public static IEnumerable<FileSystemInfo> Below(string directory) =>
        new FileSystemEnumerable<FileSystemInfo>(
            directory,
            static (ref entry) => entry.ToFileSystemInfo(),
            new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None }
        )
        {
            ShouldRecursePredicate = static (ref entry) => !entry.Attributes.HasFlag(FileAttributes.ReparsePoint),
        };
}
