namespace Daybreak.Cloud.Processes;

/// <summary>Finds programs in the system's directories.</summary>
public static class ProgramPath
{
    // Not PATH: programs that a user put there (shell shims of version managers in a home directory) are inaccessible to other users and in
    // a sandbox.
    private static readonly string[] Directories = ["/usr/local/bin", "/usr/bin", "/bin", "/usr/sbin", "/sbin"];

    /// <summary>Returns the absolute path of <paramref name="name"/>, or null when no directory of the system has it.</summary>
    public static string? Find(string name) => Directories.Select(directory => Path.Combine(directory, name)).FirstOrDefault(File.Exists);
}
