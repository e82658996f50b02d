namespace Daybreak.Architecture.Tests;

/// <summary>Each project has a lock file; NuGet does not complain about a missing one.</summary>
public sealed class LockFileTests
{
    [Theory]
    [InlineData("src", "packages.lock.json", "packages.linux-x64.lock.json", "packages.linux-arm64.lock.json")]
    [InlineData("tests", "packages.lock.json")]
    [InlineData("bench", "packages.lock.json")]
    public void Every_project_has_its_lock_files(string folder, params string[] names) =>
        Assert.Empty(
            from project in Directory.EnumerateFiles(
                Path.Combine(Checkout.Root, folder),
                "*.csproj",
                new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 1 }
            )
            from name in names
            let file = Path.Combine(Path.GetDirectoryName(project)!, name)
            where !File.Exists(file)
            select $"{file} is missing: run eng/lock-packages"
        );
}
