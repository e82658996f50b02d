namespace Daybreak.Cloud.Tests;

/// <summary>What is no part of the repository: recorded answers of the real AWS, in <c>shared/</c> beside the checkout or above
/// it.</summary>
internal static class SharedFile
{
    /// <summary>Text of a file. Where it is missing the test is skipped; in continuous integration, which leaves nothing out, it
    /// fails.</summary>
    public static string Read(string name)
    {
        for (var directory = Checkout.Start; directory is not null; directory = directory.Parent)
        {
            var path = Path.Combine(directory.FullName, "shared", name);
            if (File.Exists(path))
                return File.ReadAllText(path);
        }
        var missing = $"shared/{name} is not beside the checkout";
        Assert.SkipWhen(string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CI")), missing);
        throw new FileNotFoundException(missing);
    }
}
