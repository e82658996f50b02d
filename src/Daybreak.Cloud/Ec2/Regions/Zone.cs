using System.Collections.Frozen;
using System.Globalization;

namespace Daybreak.Cloud.Ec2.Regions;

/// <summary>An availability zone.</summary>
/// <param name="Name"><c>us-east-1a</c>: what it stands for differs between accounts.</param>
/// <param name="Id"><c>use1-az6</c>: the same for everybody.</param>
internal sealed record Zone(string Name, string Id)
{
    // Number of the zone behind each letter, as the accounts see it whose answers were recorded; elsewhere a is the first.
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

    /// <summary>In the order of their names.</summary>
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
