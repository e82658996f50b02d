namespace Daybreak.Cloud.Processes;

/// <summary>Finds programs in the directories of the system.</summary>
public static class ProgramPath
{
    // Not PATH: what a user put there (version managers' shell shims in a home directory) is out of reach of other users and of a sandbox.
    private static readonly string[] Directories = ["/usr/local/bin", "/usr/bin", "/bin", "/usr/sbin", "/sbin"];

    /// <summary>Absolute path of <paramref name="name"/>, or null when no directory of the system has it.</summary>
    public static string? Find(string name) => Directories.Select(directory => Path.Combine(directory, name)).FirstOrDefault(File.Exists);
}
