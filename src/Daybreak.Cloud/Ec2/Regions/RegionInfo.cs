namespace Daybreak.Cloud.Ec2.Regions;

/// <summary>A Region of AWS.</summary>
/// <param name="Name"><c>us-east-1</c></param>
/// <param name="LongName">Name for people: <c>US East (N. Virginia)</c>.</param>
/// <param name="IsOptIn">Whether an account has to opt in.</param>
internal sealed record RegionInfo(string Name, string LongName, bool IsOptIn = false)
{
    /// <summary>The Regions of the partition aws. All of them work here without opting in.</summary>
    public static readonly IReadOnlyList<RegionInfo> All =
    [
        new("af-south-1", "Africa (Cape Town)", true),
        new("ap-east-1", "Asia Pacific (Hong Kong)", true),
        new("ap-northeast-1", "Asia Pacific (Tokyo)"),
        new("ap-northeast-2", "Asia Pacific (Seoul)"),
        new("ap-northeast-3", "Asia Pacific (Osaka)"),
        new("ap-south-1", "Asia Pacific (Mumbai)"),
        new("ap-south-2", "Asia Pacific (Hyderabad)", true),
        new("ap-southeast-1", "Asia Pacific (Singapore)"),
        new("ap-southeast-2", "Asia Pacific (Sydney)"),
        new("ap-southeast-3", "Asia Pacific (Jakarta)", true),
        new("ap-southeast-4", "Asia Pacific (Melbourne)", true),
        new("ap-southeast-5", "Asia Pacific (Malaysia)", true),
        new("ap-southeast-7", "Asia Pacific (Thailand)", true),
        new("ca-central-1", "Canada (Central)"),
        new("ca-west-1", "Canada West (Calgary)", true),
        new("eu-central-1", "Europe (Frankfurt)"),
        new("eu-central-2", "Europe (Zurich)", true),
        new("eu-north-1", "Europe (Stockholm)"),
        new("eu-south-1", "Europe (Milan)", true),
        new("eu-south-2", "Europe (Spain)", true),
        new("eu-west-1", "Europe (Ireland)"),
        new("eu-west-2", "Europe (London)"),
        new("eu-west-3", "Europe (Paris)"),
        new("il-central-1", "Israel (Tel Aviv)", true),
        new("me-central-1", "Middle East (UAE)", true),
        new("me-south-1", "Middle East (Bahrain)", true),
        new("mx-central-1", "Mexico (Central)", true),
        new("sa-east-1", "South America (Sao Paulo)"),
        new("us-east-1", "US East (N. Virginia)"),
        new("us-east-2", "US East (Ohio)"),
        new("us-west-1", "US West (N. California)"),
        new("us-west-2", "US West (Oregon)"),
    ];

    public string Endpoint => $"ec2.{Name}.amazonaws.com";

    public string OptInStatus => IsOptIn ? "not-opted-in" : "opt-in-not-required";
}
