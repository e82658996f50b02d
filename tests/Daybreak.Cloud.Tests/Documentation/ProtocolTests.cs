using System.Text.RegularExpressions;
using static Daybreak.Cloud.Tests.Documentation.Repository;

namespace Daybreak.Cloud.Tests.Documentation;

/// <summary>Pages speak of the protocols that services here have, and of no other.</summary>
public sealed class ProtocolTests
{
    private static IEnumerable<string> Spoken =>
        InSources("src/Daybreak.Cloud", @"Protocol = new (\w+)Protocol\(\)")
            .Select(name => Regex.Replace(name, "(?<=[a-z])(?=[A-Z])", "-").ToLowerInvariant())
            .Order(StringComparer.Ordinal);

    [Fact]
    public void Codes_of_refused_signatures_have_a_column_for_each() =>
        Assert.Equal(
            Spoken,
            Found(
                Read("docs/authentication.md").Split('\n').Single(line => line.StartsWith("| | ", StringComparison.Ordinal)),
                @"\| ([a-z0-9-][a-z0-9.-]*)"
            )
        );

    [Fact]
    public void How_an_operation_is_found_is_told_for_each()
    {
        var told = Regex
            .Match(Read("docs/front-door.md"), "The operation is found by the service's protocol: ([^:]*?)\\.\\s")
            .Groups[1]
            .Value;
        Assert.Equal(Spoken, Found(told, @"\(([^)]+)\)").SelectMany(names => names.Split(", ")).Order(StringComparer.Ordinal));
    }
}
