using System.Collections.Frozen;
using System.Globalization;

namespace Daybreak.Cloud.Ec2.Regions;

/// <summary>An availability zone.</summary>
/// <param name="Name">Name such as <c>us-east-1a</c>, whose zone differs between accounts.</param>
/// <param name="Id">Id such as <c>use1-az6</c>, which is the same for all accounts.</param>
internal sealed record Zone(string Name, string Id)
{
    // The number of the zone of each letter in the accounts whose responses were recorded; in other Regions a is 1.
    private static readonly FrozenDictionary<string, int[]> Numbers = new Dictionary<string, int[]>
    {
        ["us-east-1"] = [6, 1, 2, 4, 3, 5],
        ["us-west-1"] = [3, 1],
        ["us-west-2"] = [1, 2, 3, 4],
        ["ap-northeast-1"] = [4, 1, 2],
        ["ap-northeast-2"] = [1, 2, 3, 4],
        ["ca-central-1"] = [1, 2, 4],
    }.ToFrozenDictionary();

    private static readonly int[] Usual = [1, 2, 3];

    private static readonly (string Word, string Short)[] Directions =
    [
        ("northeast", "ne"),
        ("northwest", "nw"),
        ("southeast", "se"),
        ("southwest", "sw"),
        ("north", "n"),
        ("south", "s"),
        ("east", "e"),
        ("west", "w"),
        ("central", "c"),
    ];

    /// <summary>The zones of a Region, by name.</summary>
    public static IReadOnlyList<Zone> Of(string region)
    {
        var prefix = Prefix(region);
        return
        [
            .. Numbers
                .GetValueOrDefault(region, Usual)
                .Select(
                    (number, index) =>
                        new Zone($"{region}{(char)('a' + index)}", string.Create(CultureInfo.InvariantCulture, $"{prefix}-az{number}"))
                ),
        ];
    }

    public static string IdOf(string region, string name) => Of(region).First(zone => zone.Name == name).Id;

    // eu-central-1 → euc1, ap-southeast-2 → apse2
    private static string Prefix(string region)
    {
        var parts = region.Split('-');
        return string.Concat(
            parts.Select(part =>
                Directions.FirstOrDefault(direction => direction.Word == part).Short
                ?? part switch
                {
                    "gov" => "g",
                    _ => part,
                }
            )
        );
    }
}
