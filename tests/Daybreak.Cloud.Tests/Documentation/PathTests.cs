using System.Text.RegularExpressions;
using static Daybreak.Cloud.Tests.Documentation.Repository;

namespace Daybreak.Cloud.Tests.Documentation;

/// <summary>The files that CONTRIBUTING.md names exist, and the README fits on a screen.</summary>
public sealed class PathTests
{
    private const int WidestCell = 120;

    [Fact]
    public void Every_file_that_CONTRIBUTING_names_is_there()
    {
        var named = Found(Read("CONTRIBUTING.md"), "`((?:src|tests|docs|eng|extension)/[^` ]+)[` ]");
        Assert.NotEmpty(named);
        Assert.Empty(named.Where(path => !Has(path)));
    }

    [Fact]
    public void No_cell_of_a_table_of_the_README_is_longer_than_a_line()
    {
        // Only the visible text of a link counts.
        var cells =
            from line in Read("README.md").Split('\n')
            where line.StartsWith('|')
            from cell in Regex.Replace(line, @"\[([^\]]*)\]\([^)]*\)", "$1").Split('|')
            select cell.Trim();
        Assert.Empty(cells.Where(cell => cell.Length > WidestCell));
    }
}
