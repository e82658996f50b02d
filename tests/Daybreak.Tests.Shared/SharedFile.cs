namespace Daybreak.Tests.Shared;

/// <summary>What is no part of the repository: recorded answers of the real AWS, in <c>shared/</c> beside the checkout or above
/// it.</summary>
public static class SharedFile
{
    /// <summary>Text of a file. Where it is missing the test is skipped; in continuous integration, which leaves nothing out, it
    /// fails.</summary>
    public static string Read(string name)
    {
        if (Find(name) is { } path)
            return File.ReadAllText(path);
        var missing = $"shared/{name} is not beside the checkout";
        Assert.SkipWhen(string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CI")), missing);
        throw new FileNotFoundException(missing);
    }

    /// <summary>Path of a file or directory; null when it is missing.</summary>
    public static string? Find(string name)
    {
        for (var directory = new DirectoryInfo(Checkout.Root); directory is not null; directory = directory.Parent)
        {
            var path = Path.Combine(directory.FullName, "shared", name);
            if (Path.Exists(path))
                return path;
        }
        return null;
    }
}
