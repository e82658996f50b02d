using System.Text.RegularExpressions;
using static Daybreak.Cloud.Tests.Documentation.Repository;

namespace Daybreak.Cloud.Tests.Documentation;

/// <summary>The index of the decisions has them all, under their own titles, each with a status that holds.</summary>
public sealed class DecisionTests
{
    private const string Index = "docs/decisions/README.md";

    [Fact]
    public void The_index_lists_every_decision_under_its_title() =>
        Assert.Equal(
            Files("docs/decisions", "0*.md")
                .Order(StringComparer.Ordinal)
                .Select(file => (Path.GetFileName(file), Read(file).Split('\n')[0].Split(". ", 2)[1])),
            Rows().Select(row => (row.File, row.Title))
        );

    [Fact]
    public void Numbers_are_those_of_the_files_and_titles() =>
        Assert.All(
            Rows(),
            row =>
            {
                Assert.Equal(row.Number, int.Parse(row.File[..4], System.Globalization.CultureInfo.InvariantCulture));
                Assert.StartsWith($"# {row.Number}. ", Read($"docs/decisions/{row.File}"), StringComparison.Ordinal);
            }
        );

    [Fact]
    public void A_status_is_accepted_or_names_a_decision_that_replaced_it()
    {
        var rows = Rows();
        Assert.All(
            rows,
            row =>
            {
                var replaced = Regex.Match(row.Status, @"^replaced by (\d+)$");
                Assert.True(
                    row.Status == "accepted" || (replaced.Success && rows.Any(later => $"{later.Number}" == replaced.Groups[1].Value)),
                    $"{row.File}: {row.Status}"
                );
            }
        );
    }

    private static (int Number, string File, string Title, string Status)[] Rows() =>
        [
            .. Regex
                .Matches(Read(Index), @"^\| \[(\d+)\]\(([^)]+)\) \| (.+) \| (.+) \|$", RegexOptions.Multiline)
                .Select(row =>
                    (
                        int.Parse(row.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture),
                        row.Groups[2].Value,
                        row.Groups[3].Value,
                        row.Groups[4].Value
                    )
                ),
        ];
}
