using System.Text.RegularExpressions;

namespace Daybreak.Architecture.Tests;

/// <summary>No Python program of tests is forgotten.</summary>
public sealed class ProgramTests
{
    private static readonly string Root = Path.Combine(Checkout.Root, "tests", "programs");

    private static IEnumerable<string> All =>
        Directory.EnumerateFiles(Root, "*.py", SearchOption.AllDirectories).Select(static file => Path.GetRelativePath(Root, file));

    /// <summary>What programs import is not run itself.</summary>
    private static IEnumerable<string> Programs =>
        All.Where(static file =>
            !file.StartsWith("support/", StringComparison.Ordinal) && !file.EndsWith("_steps.py", StringComparison.Ordinal)
        );

    [Fact]
    public void Every_program_is_run_by_a_test()
    {
        var named = Directory
            .EnumerateFiles(Path.Combine(Checkout.Root, "tests"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(static file =>
                Regex.Matches(File.ReadAllText(file), "\"([a-z0-9_/]+\\.py)\"").Select(static match => match.Groups[1].Value)
            )
            .ToHashSet();
        Assert.NotEmpty(Programs);
        Assert.Empty(Programs.Except(named));
    }
}
