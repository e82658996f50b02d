using System.Text.RegularExpressions;

namespace Daybreak.Architecture.Tests;

/// <summary>Rooms depend downwards only, as <see cref="Plan"/> draws them.</summary>
public sealed class RoomTests
{
    public static TheoryData<string> Projects => [.. Plan.Projects.Keys];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Every_arrow_between_rooms_is_on_the_plan(string project)
    {
        var allowed = Plan.Projects[project].Arrows.ToHashSet();
        var others = Uses(project).Where(use => !allowed.Contains((use.From, use.To)));
        Assert.Empty(others.Select(static use => $"{use.From} -> {use.To}: {use.Type} names {use.Named}"));
    }

    /// <summary>Constants are copied by the compiler: only the source shows where they come from.</summary>
    [Theory]
    [MemberData(nameof(Projects))]
    public void Every_using_of_a_room_is_on_the_plan(string project)
    {
        var allowed = Plan.Projects[project].Arrows.ToHashSet();
        var house = Path.Combine(Checkout.Root, "src", project);
        var others =
            from file in Directory.EnumerateFiles(house, "*.cs", SearchOption.AllDirectories)
            let parts = Path.GetRelativePath(house, file).Split('/')
            where parts is [not "bin" and not "obj", _, ..]
            from Match used in Regex.Matches(
                File.ReadAllText(file),
                $@"^using (?:static |\w+ = )?{Regex.Escape(project)}\.(\w+)",
                RegexOptions.Multiline
            )
            let room = used.Groups[1].Value
            where room != parts[0] && !allowed.Contains((parts[0], room))
            select $"{string.Join('/', parts)} uses {room}";
        Assert.Empty(others);
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Every_arrow_on_the_plan_is_there(string project)
    {
        var used = Uses(project).Select(static use => (use.From, use.To)).ToHashSet();
        Assert.Empty(Plan.Projects[project].Arrows.Where(arrow => !used.Contains(arrow)));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void No_rooms_form_a_circle(string project)
    {
        Assert.Empty(Arrows.Circle(Plan.Projects[project].Arrows));
        Assert.Empty(Arrows.Circle(Uses(project).Select(static use => (use.From, use.To)).Distinct()));
    }

    [Fact]
    public void Circle_that_is_added_is_found()
    {
        var arrows = Plan.Projects["Daybreak.Cloud"].Arrows;
        var circle = Arrows.Circle(arrows.Append(("Policy", "Access")));
        Assert.Contains("Policy", circle);
        Assert.Contains("Access", circle);
    }

    /// <summary>Two rooms of this very assembly, of which one reaches the other by an extension method, an attribute and a local variable.</summary>
    [Theory]
    [InlineData("CallsAnExtension", "Extensions")]
    [InlineData("CarriesAnAttribute", "MarkAttribute")]
    [InlineData("HasALocalVariable", "Thing")]
    public void Use_of_any_kind_is_seen(string type, string named)
    {
        var uses = Arrows.Of(typeof(RoomTests).Assembly.Location, "Daybreak.Architecture.Tests.Example");
        Assert.Contains(new Use("Upper", "Lower", type, named), uses);
    }

    [Fact]
    public void Picture_in_the_docs_is_the_plan()
    {
        var page = File.ReadAllText(Path.Combine(Checkout.Root, "docs", "architecture.md"));
        Assert.All(Plan.Projects.Values, project => Assert.Contains(project.Picture(), page, StringComparison.Ordinal));
    }

    private static IReadOnlyList<Use> Uses(string project) =>
        Arrows.Of(Path.Combine(AppContext.BaseDirectory, Plan.Projects[project].Assembly), project);
}
