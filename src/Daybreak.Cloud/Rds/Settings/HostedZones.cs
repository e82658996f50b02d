using System.Collections.Frozen;

namespace Daybreak.Cloud.Rds.Settings;

/// <summary>Hosted zones of Route 53 for RDS's endpoint names, one per Region, as observed in responses.</summary>
internal static class HostedZones
{
    private static readonly FrozenDictionary<string, string> ByRegion = new Dictionary<string, string>
    {
        ["ap-northeast-1"] = "Z24O6O9L7SGTNB",
        ["ap-northeast-2"] = "ZLA2NUCOLGUUR",
        ["ap-south-1"] = "Z2VFMSZA74J7XZ",
        ["ap-southeast-1"] = "Z2G0U3KFCY8NZ5",
        ["ap-southeast-2"] = "Z32T0VRHXEXS0V",
        ["eu-central-1"] = "Z1RLNUO7B9Q6NB",
        ["eu-west-1"] = "Z29XKXDKYMONMX",
        ["eu-west-2"] = "Z1TTGA775OQIYO",
        ["eu-west-3"] = "ZMESEXB7ZGGQ3",
        ["us-east-1"] = "Z2R2ITUGPM61AM",
        ["us-east-2"] = "Z2XHWR1WZ565X2",
        ["us-west-1"] = "Z10WI91S59XXQN",
        ["us-west-2"] = "Z1PVIF0B656C1W",
    }.ToFrozenDictionary();

    /// <summary>Returns null in a Region whose zone is not known: the response then has none.</summary>
    public static string? Of(string region) => ByRegion.GetValueOrDefault(region);
}
