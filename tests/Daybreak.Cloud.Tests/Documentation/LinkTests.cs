using System.Text.RegularExpressions;

namespace Daybreak.Cloud.Tests.Documentation;

/// <summary>The targets of all links in the documentation exist.</summary>
public sealed class LinkTests
{
    [Fact]
    public void Every_link_leads_to_a_file_and_a_heading_that_are_there()
    {
        var broken =
            from page in Repository.Pages
            from Match link in Regex.Matches(Repository.Read(page), @"\]\(([^)\s#]*)(?:#([^)\s]+))?\)")
            let file = link.Groups[1].Value
            where !file.Contains("://", StringComparison.Ordinal)
            let target = file.Length == 0 ? page : Path.Combine(Path.GetDirectoryName(page)!, file)
            let heading = link.Groups[2].Value
            where !Repository.Has(target) || (heading.Length > 0 && !Headings(target).Contains(heading))
            select $"{page}: {link.Value}";
        Assert.Empty(broken);
    }

    [Fact]
    public void The_README_lists_every_page()
    {
        var readme = Repository.Read("README.md");
        Assert.Empty(
            Repository.Pages.Where(page =>
                Path.GetDirectoryName(page) == "docs" && !readme.Contains($"]({page})", StringComparison.Ordinal)
            )
        );
    }

    // As GitHub names them.
    private static IEnumerable<string> Headings(string page) =>
        Regex
            .Matches(Repository.Read(page), "^#+ (.*)$", RegexOptions.Multiline)
            .Select(heading => Regex.Replace(heading.Groups[1].Value.ToLowerInvariant(), @"[^\w\- ]", "").Replace(' ', '-'));
}
