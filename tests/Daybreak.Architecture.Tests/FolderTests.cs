using System.Text.RegularExpressions;

namespace Daybreak.Architecture.Tests;

/// <summary>Tests lie in the folder that the code they test has in its project.</summary>
public sealed class FolderTests
{
    /// <summary>Folders of tests of something that is in no project.</summary>
    private static readonly string[] Exceptions =
    [
        "Daybreak.Cloud.Tests/Documentation", // tests of the pages in docs
        "Daybreak.Cloud.Tests/Recorded", // tests of several services
    ];

    public static TheoryData<string> Projects =>
        [
            .. Directory
                .EnumerateDirectories(Path.Combine(Checkout.Root, "tests"), "*.Tests")
                .Select(static path => Path.GetFileName(path))
                .Where(static name => Directory.Exists(Source(name))),
        ];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Every_folder_of_tests_is_a_folder_of_the_source(string project)
    {
        var folders = TestsOf(project).Select(static file => Path.GetDirectoryName(file)!).Distinct().ToArray();
        Assert.NotEmpty(folders);
        Assert.Empty(
            folders.Where(folder => !Exceptions.Contains($"{project}/{folder}") && !Directory.Exists(Path.Combine(Source(project), folder)))
        );
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Every_namespace_of_tests_is_that_of_the_folder(string project)
    {
        var root = Path.Combine(Checkout.Root, "tests", project);
        Assert.Empty(
            from file in TestsOf(project)
            let expected = $"{project}.{Path.GetDirectoryName(file)!.Replace('/', '.')}".TrimEnd('.')
            where !File.ReadAllText(Path.Combine(root, file)).Contains($"namespace {expected};", StringComparison.Ordinal)
            select $"{file} is not in {expected}"
        );
    }

    [Fact]
    public void Every_exception_is_there()
    {
        Assert.All(Exceptions, static folder => Assert.True(Directory.Exists(Path.Combine(Checkout.Root, "tests", folder)), folder));
    }

    /// <summary>Files with test methods, by path from the root of the project of tests.</summary>
    private static IEnumerable<string> TestsOf(string project)
    {
        var root = Path.Combine(Checkout.Root, "tests", project);
        return Directory
            .EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
            .Where(static file => Regex.IsMatch(File.ReadAllText(file), @"^\s*\[(Fact|Theory)\b", RegexOptions.Multiline))
            .Select(file => Path.GetRelativePath(root, file));
    }

    private static string Source(string project) => Path.Combine(Checkout.Root, "src", Regex.Replace(project, @"\.Tests$", ""));
}
