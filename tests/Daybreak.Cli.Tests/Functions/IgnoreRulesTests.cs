using Daybreak.Cli.Functions;

namespace Daybreak.Cli.Tests.Functions;

public sealed class IgnoreRulesTests
{
    [Theory]
    [InlineData(".git", true)]
    [InlineData("sub/.git", true)]
    [InlineData("lib/__pycache__", true)]
    [InlineData("node_modules/.cache", true)]
    [InlineData(".lambdaignore", false)]
    [InlineData("app.py~", false)]
    [InlineData("sub/.app.py.swp", false)]
    [InlineData("4913", false)]
    public void What_is_of_no_use_to_a_function_is_left_out(string path, bool isDirectory) =>
        Assert.True(new IgnoreRules().Ignores(path, isDirectory));

    [Theory]
    [InlineData("app.py")]
    [InlineData("node_modules/left-pad/index.js")]
    [InlineData(".env")]
    [InlineData("git")]
    public void Everything_else_is_in_the_package(string path) => Assert.False(new IgnoreRules().Ignores(path, isDirectory: false));

    [Theory]
    [InlineData("*.md", "README.md", true)]
    [InlineData("*.md", "docs/a.md", true)]
    [InlineData("/*.md", "docs/a.md", false)]
    [InlineData("tests", "tests", true)]
    [InlineData("docs/*.txt", "docs/a.txt", true)]
    [InlineData("docs/*.txt", "docs/b/a.txt", false)]
    [InlineData("docs/**/*.txt", "docs/b/c/a.txt", true)]
    [InlineData("docs/**/*.txt", "docs/a.txt", true)]
    [InlineData("data/**", "data/a/b", true)]
    [InlineData("a?.py", "ab.py", true)]
    [InlineData("a?.py", "a/.py", false)]
    [InlineData("[ab].py", "b.py", true)]
    [InlineData("[ab].py", "c.py", false)]
    [InlineData("build/", "build", false)] // of a file
    [InlineData("# comment\n\nx", "x", true)]
    [InlineData("*.py\n!keep.py", "keep.py", false)]
    [InlineData("*.py\n!keep.py", "other.py", true)]
    [InlineData("\\#x", "#x", true)]
    [InlineData("!*~", "a~", false)]
    [InlineData("a(b", "a(b", true)]
    public void Rules_of_the_directory_are_a_part_of_gitignores(string rules, string path, bool ignored) =>
        Assert.Equal(ignored, new IgnoreRules(rules).Ignores(path, isDirectory: false));

    [Fact]
    public void A_slash_at_the_end_means_directories() => Assert.True(new IgnoreRules("build/").Ignores("a/build", isDirectory: true));
}
