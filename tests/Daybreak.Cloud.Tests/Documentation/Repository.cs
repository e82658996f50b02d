using System.Text.RegularExpressions;

namespace Daybreak.Cloud.Tests.Documentation;

/// <summary>Pages and sources of the repository, as text.</summary>
internal static class Repository
{
    private static readonly string Root = Checkout.Root;

    /// <summary>README.md and the like, and everything in docs, by path from the root of the repository.</summary>
    public static IEnumerable<string> Pages =>
        Directory.EnumerateFiles(Root, "*.md").Select(path => Path.GetFileName(path)!).Concat(Files("docs", "*.md"));

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    public static bool Has(string path) => Path.Exists(Path.Combine(Root, path));

    public static IEnumerable<string> Directories(string directory) =>
        Directory.EnumerateDirectories(Path.Combine(Root, directory)).Select(path => Path.GetFileName(path)!);

    public static IEnumerable<string> Files(string directory, string pattern) =>
        Directory
            .EnumerateFiles(Path.Combine(Root, directory), pattern, SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Root, path));

    /// <summary>The first group of each match in all sources of a directory, once each, sorted.</summary>
    public static string[] InSources(string directory, string pattern, string files = "*.cs") =>
        Found(string.Concat(Files(directory, files).Select(Read)), pattern);

    /// <summary>The first group of each match, once each, sorted.</summary>
    public static string[] Found(string text, string pattern) =>
        [.. Regex.Matches(text, pattern).Select(match => match.Groups[1].Value).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>The text from a heading to the next one of its level or above.</summary>
    public static string Section(string page, string heading)
    {
        var text = "\n" + Read(page);
        var start = text.IndexOf($"\n{heading}\n", StringComparison.Ordinal) + heading.Length + 2;
        Assert.True(start > heading.Length + 1, $"{page} has no section {heading}");
        var level = heading.Split(' ')[0].Length;
        var end = Regex.Match(text[start..], $"^#{{1,{level}}} ", RegexOptions.Multiline);
        return end.Success ? text[start..(start + end.Index)] : text[start..];
    }
}
